"""A document as slides, in one language or several: what each says, where it stands, and two ways to draw it."""
