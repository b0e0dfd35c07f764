"""The forms, one module a noun."""
