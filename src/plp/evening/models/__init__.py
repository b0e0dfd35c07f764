"""What is kept of an evening. No table ties a vote to a person or to a code."""

from plp.evening.models.ballot import Question, Right, Slip
from plp.evening.models.meeting import AgendaPoint, Attendance, Decision, Invitation, Meeting, Minutes
from plp.evening.models.voice import Offer, Opinion

__all__ = [
    "AgendaPoint",
    "Attendance",
    "Decision",
    "Invitation",
    "Meeting",
    "Minutes",
    "Offer",
    "Opinion",
    "Question",
    "Right",
    "Slip",
]
