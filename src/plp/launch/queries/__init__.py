"""What one may ask of a launch, one module a noun."""
