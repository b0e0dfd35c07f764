"""What anybody may send: an idea for a partnership, and the answer of a home to a survey. No sign-in."""
