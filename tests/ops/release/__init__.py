"""Releases: how they are made, and how an installation goes from one to the next."""
