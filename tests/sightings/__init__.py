"""What citizens tell."""
