"""The pages of the engine: what people see of runs, and how they start and steer them."""
