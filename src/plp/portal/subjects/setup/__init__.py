"""The first quarter of an hour of an installation."""
