"""The pages: a report, its follow-up, and the desk of the police."""
