"""The launcher: every way to an environment, and every way in which it can fail."""
