"""Canaries: invented data in which every personal field is a token that says whose it is (O1)."""
