"""The pages of what guides a message."""
