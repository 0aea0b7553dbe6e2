"""The rules of the offline extractor: one module a fact, vocabularies beside them."""
