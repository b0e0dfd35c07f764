"""The pages about data protection."""
