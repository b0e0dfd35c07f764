"""Members: the desk of their coordinator, the desk of enrolment, and their own pages."""
