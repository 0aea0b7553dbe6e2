"""One name for each skill, role and perk, however postings write it.

`folding` says when two spellings are one word, `lookup` what a word leads to, `current` keeps
that at hand in each process; `editing` changes it, and `following` brings the terms along.
"""
