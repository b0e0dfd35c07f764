"""The desk of the police."""
