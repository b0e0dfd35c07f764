"""Two installations on one machine that meet and exchange a message."""
