"""The guides: what one can do here, role by role, with pictures of the pages themselves."""
