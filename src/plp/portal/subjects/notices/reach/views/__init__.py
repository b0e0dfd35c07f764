"""The pages about where a message goes."""
