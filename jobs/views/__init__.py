"""What people see of postings: the list with its progress panel, and one posting."""
