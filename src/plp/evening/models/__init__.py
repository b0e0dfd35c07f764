"""What is kept of an evening. No table ties a vote to a person or to a code."""

from plp.evening.models.ballot import Question, Right, Slip
from plp.evening.models.contribution import Offer, Opinion
from plp.evening.models.meeting import AgendaPoint, Attendance, Decision, Invitation, Meeting, Minutes
from plp.evening.models.reply import MeetingReply
