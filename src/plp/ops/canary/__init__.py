"""Canaries: invented data in which every personal field is a token that says whose it is (trust, O1)."""
