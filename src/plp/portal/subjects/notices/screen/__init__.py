"""The screen at the till of a shop: running messages, and one button."""
