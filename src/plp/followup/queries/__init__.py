"""What one may ask of the follow-up."""
