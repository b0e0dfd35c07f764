"""What is kept: what is due and on whose desk, what was asked, rated, counted, said together, and with whom."""

from plp.followup.models.due import Due
from plp.followup.models.explanation import Explanation
from plp.followup.models.meeting import Activity, FollowUpMeeting
from plp.followup.models.on_call import OnCallAlert
from plp.followup.models.policy import PolicyPlan
from plp.followup.models.rating import Rating
from plp.followup.models.report_count import ReportCount
from plp.followup.models.request import InformationRequest
from plp.followup.models.service import Service, ServiceContact
from plp.followup.models.trial import Trial
