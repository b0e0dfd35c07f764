"""What is kept: what is due and on whose desk, requests for information, explanations, test messages."""

from plp.followup.models.due import Due
from plp.followup.models.explanation import Explanation
from plp.followup.models.request import InformationRequest
from plp.followup.models.trial import Trial

__all__ = ["Due", "Explanation", "InformationRequest", "Trial"]
