"""The operator's desk in a real browser: a furnished site, and a tour of its pages."""
