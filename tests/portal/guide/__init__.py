"""Guides on pages and on paper."""
