"""What somebody typed and has not sent yet: kept for them alone, for a few days."""
