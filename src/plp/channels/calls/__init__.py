"""Telephone calls made by a volunteer to neighbours without internet (R66, R114, R118, R136)."""

from plp.channels.calls.channel import Calls
from plp.channels.calls.sheet import CallMessage, CallRecipient, call_list_pdf, call_sheet
