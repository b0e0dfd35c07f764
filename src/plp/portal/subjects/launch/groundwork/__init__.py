"""Preparing the ground of a partnership: ideas, talks, statements, stakeholders, area, informing, survey."""
