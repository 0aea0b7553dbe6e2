"""Postings in and out by the admin, with django-import-export: its pages, our rules.

A file is read by the readers of `manage.py import_jobs` and stored by its upsert; what goes
out is a stream. Both are for amounts that a request can carry.
"""
