"""What pages show of the engine: figures in words, forms, marked texts. The engine needs none of it."""
