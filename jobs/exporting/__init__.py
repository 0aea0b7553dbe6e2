"""Postings and what is known about them as files: JSONL, CSV, XLSX, schema.org JobPosting.

Of any list that the jobs page can show, read a page at a time as it is sent. The admin's
exports, with columns to choose, are `jobs/exchange`.
"""
