"""Releases: the files that a maintainer hands out, and how an installation goes from one to the next (ADR 40)."""
