"""The launch pack: every document of a partnership, read, worded, printed, taken along."""
