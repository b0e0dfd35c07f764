"""Suppliers of SMS over HTTP: one description format, one file a supplier (README.md)."""
