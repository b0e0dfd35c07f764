"""The pages: asking, one's own questions, and the two desks."""
