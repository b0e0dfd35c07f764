"""What is tried against pages, forms, parsers and tests, and what came of it."""
