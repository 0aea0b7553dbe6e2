"""How good are answers? Those of a model, and of the offline extractor, against labels."""
