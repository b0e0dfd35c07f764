"""What guides a message."""
