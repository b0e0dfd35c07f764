"""Requests and explanations on pages."""
