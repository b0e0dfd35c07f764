"""The founding of a partnership, walked through its pages by the people who do it, one module a part of the way."""
