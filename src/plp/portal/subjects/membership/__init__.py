"""Members: the desk of their coordinator, the desk of enrolment, and their own pages."""

SELECTED = "members.selected"  # in the session, sealed: the memberships ticked, to print or export
