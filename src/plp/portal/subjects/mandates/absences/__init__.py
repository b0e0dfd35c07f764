"""An absence of the coordinator, and its end (R38)."""
