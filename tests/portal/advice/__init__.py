"""Advice on pages."""
