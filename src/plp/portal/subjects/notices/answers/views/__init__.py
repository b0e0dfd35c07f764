"""The pages of answers: of members, and of those who read them."""
