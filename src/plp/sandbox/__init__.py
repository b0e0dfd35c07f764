"""Where bytes that strangers made are read: by parsers in a process of their own, with limits, that may die."""
