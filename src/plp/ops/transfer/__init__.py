"""A whole partnership in open formats, out of one installation and into another (R154): see docs/formats.md."""
