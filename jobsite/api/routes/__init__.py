"""The addresses: each says what it needs, asks the engine's one door, and tells what came of it."""
