"""The documents of the launch pack: which there are, what fills their places, the files that are made of them."""
