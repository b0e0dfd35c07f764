"""Programs of others: their tokens, what they are told, and how the interface is read."""
