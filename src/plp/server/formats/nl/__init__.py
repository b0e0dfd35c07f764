"""Dutch as it is written in Belgium."""
