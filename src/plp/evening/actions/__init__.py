"""What one may do with an evening. Callers import the module: ``evening.convene(...)``, ``evening.cast(...)``."""

from plp.evening.actions.agenda import add_theme, keep_words, show_point, tick
from plp.evening.actions.ballots import cast, close_vote, enter_hands, enter_paper
from plp.evening.actions.inviting import invite, note_carried, note_printed
from plp.evening.actions.meetings import Plan, cancel, convene, hold, open_doors, plan, replan
from plp.evening.actions.minutes import approve_minutes, correct_minutes, send_minutes, write_minutes
from plp.evening.actions.presence import arrive, note_forms, note_presence
from plp.evening.actions.questions import ask, drop, open_vote
from plp.evening.actions.slips import issue_slips, offer_slip, take_slip
from plp.evening.actions.voices import (
    answer_opinion,
    decide,
    give_opinion,
    note_done,
    offer_help,
    strike,
    take_up_offer,
)

__all__ = [
    "Plan",
    "add_theme",
    "answer_opinion",
    "approve_minutes",
    "arrive",
    "ask",
    "cancel",
    "cast",
    "close_vote",
    "convene",
    "correct_minutes",
    "decide",
    "drop",
    "enter_hands",
    "enter_paper",
    "give_opinion",
    "hold",
    "invite",
    "issue_slips",
    "keep_words",
    "note_carried",
    "note_done",
    "note_forms",
    "note_presence",
    "note_printed",
    "offer_help",
    "offer_slip",
    "open_doors",
    "open_vote",
    "plan",
    "replan",
    "send_minutes",
    "show_point",
    "strike",
    "take_slip",
    "take_up_offer",
    "tick",
    "write_minutes",
]
