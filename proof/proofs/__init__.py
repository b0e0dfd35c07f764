"""The proofs: one module for each, named by its key, with ``prove``."""
