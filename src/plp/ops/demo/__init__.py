"""The demonstration: three real quarters, invented people, messages in progress."""
