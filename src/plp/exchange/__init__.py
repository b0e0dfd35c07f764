"""Room ``exchange``: installations that meet, and the signed letters that pass between them."""
