"""Who holds which role: the police of a zone, the people of a partnership, their choice and their tasks."""
