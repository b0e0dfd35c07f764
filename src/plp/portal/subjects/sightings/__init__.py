"""Something seen: the form that everybody may use, its follow-up, and the desk of the police."""
