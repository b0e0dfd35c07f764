"""What anybody may send."""
