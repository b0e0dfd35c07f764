"""The tables of the notices: the message, its words, its way, where else it goes, and how a zone decides."""

from plp.notices.models.answer import Acknowledgement, HelpCall, NoticeAnswer
from plp.notices.models.forwards import Forwarding
from plp.notices.models.guidance import DecisionModel, Recommendation, Withholding
from plp.notices.models.notice import Notice, NoticeText, NoticeWriter, Override, Reading, Relay, Release
from plp.notices.models.reply import ReplyCode, TakenReply
from plp.notices.models.screen import ScreenAcknowledgement
from plp.notices.models.zone_text import ZoneText
