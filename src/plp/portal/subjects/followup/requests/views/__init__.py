"""The pages: asking, answering, and what members read."""
