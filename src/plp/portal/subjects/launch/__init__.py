"""The launch of a partnership: its plan, its groundwork, the ideas for one, its pack of documents."""
