"""The catalogue of sentences: one choice, and the message stands in four languages (README.md)."""
