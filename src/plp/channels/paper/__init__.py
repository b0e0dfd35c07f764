"""Letters carried by hand to neighbours without internet (R16, R66, R114)."""

from plp.channels.paper.channel import Paper
from plp.channels.paper.letters import ABOUT, PaperMessage, PaperRecipient, letters_pdf
from plp.channels.paper.rounds import round_sheet_pdf, sorted_in_walking_order
