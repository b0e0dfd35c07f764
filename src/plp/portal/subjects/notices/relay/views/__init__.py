"""The pages of the coordinator, by what they are about."""
