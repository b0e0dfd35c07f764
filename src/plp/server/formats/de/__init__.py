"""German as it is written in Belgium."""
