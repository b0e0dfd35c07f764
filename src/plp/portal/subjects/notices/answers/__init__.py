"""What members say back to a message, and who needs help."""
