"""The pages: an idea, its follow-up, and the survey."""
