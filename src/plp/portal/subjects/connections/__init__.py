"""Programs of others: their tokens, and how the interface is read."""
