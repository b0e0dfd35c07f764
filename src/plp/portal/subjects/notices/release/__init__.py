"""The release by a second person, and the stop."""
