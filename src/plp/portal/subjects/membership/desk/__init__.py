"""The members as their coordinator sees them."""
