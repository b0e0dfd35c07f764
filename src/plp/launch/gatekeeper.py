"""Answers for the gates of the plan, to the actions of every room (``partnership.gates``)."""

from plp.launch.queries.progress import require_step_open

__all__ = ["require_step_open"]
