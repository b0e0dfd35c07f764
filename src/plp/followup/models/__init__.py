"""What is kept: what is due and on whose desk, requests for information, explanations."""

from plp.followup.models.due import Due
from plp.followup.models.explanation import Explanation
from plp.followup.models.request import InformationRequest

__all__ = ["Due", "Explanation", "InformationRequest"]
