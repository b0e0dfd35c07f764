"""What is kept of a launch, one module a noun."""

from plp.launch.models.consultation import Consultation
from plp.launch.models.dates import CalendarLink, Reminder
from plp.launch.models.idea import Desk, Idea
from plp.launch.models.informed_streets import Informing
from plp.launch.models.initiator import InitiatorAct
from plp.launch.models.life import LifeAct
from plp.launch.models.paper_look import PaperLook
from plp.launch.models.publicity import Publication, Sign
from plp.launch.models.quarter_change import QuarterChange, QuarterChangeMember
from plp.launch.models.recognition import Recognition, Sending, ZoneRule
from plp.launch.models.stakeholder import Stakeholder
from plp.launch.models.step import Course, Position, Reopening, Tick
from plp.launch.models.survey import ShowOfHands, StreetCount, Survey, SurveyCode, SurveyCount
from plp.launch.models.text import PackText
