"""Relaying a message of the police to the members."""
