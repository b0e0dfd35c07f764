"""The pages about mandates, by what they are about."""
