"""Kill processes at random moments, and account for every posting and every call after it.

`python -m tests.chaos`, or `make chaos`; a short form is part of the suite.
"""
