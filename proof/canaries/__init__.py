"""Canaries: invented data whose every personal field is a token that says whose it is, and the search for them."""
