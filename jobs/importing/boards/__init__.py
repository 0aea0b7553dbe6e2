"""Jobs as the public job-board APIs of applicant-tracking systems give them."""
