"""English as it is read in Belgium."""
