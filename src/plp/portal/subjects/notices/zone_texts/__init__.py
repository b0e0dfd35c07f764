"""Sentences and templates of a zone."""
