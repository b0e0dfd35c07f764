"""The pages of official alerts."""
