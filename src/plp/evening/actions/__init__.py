"""What one may do with an evening. Callers import the module: ``evening.convene(...)``, ``evening.cast(...)``."""

from plp.evening.actions.agenda import add_theme, save_point_words, show_point, tick_point
from plp.evening.actions.ballots import cast_votes, close_vote, enter_paper_ballots, enter_show_of_hands
from plp.evening.actions.contributions import (
    answer_opinion,
    ask_volunteer,
    delete_contribution,
    give_opinion,
    keep_decision,
    note_decision_done,
    offer_help,
    take_up_offer,
)
from plp.evening.actions.invitations import (
    convene_meeting,
    note_letters_carried,
    note_letters_printed,
    send_invitations,
)
from plp.evening.actions.meetings import (
    MeetingPlan,
    announce_meeting,
    cancel_meeting,
    change_plan,
    end_meeting,
    open_doors,
    plan_meeting,
)
from plp.evening.actions.minutes import approve_minutes, correct_minutes, send_minutes, write_minutes
from plp.evening.actions.presence import note_arrival, note_presence, note_registration_forms
from plp.evening.actions.questions import delete_question, open_vote, prepare_question
from plp.evening.actions.replies import answer_invitation, delete_old_replies, remind_of_meetings
from plp.evening.actions.sheets import close_evening, correct_evening
from plp.evening.actions.slips import issue_slips, offer_slip, take_slip
from plp.evening.actions.typed_votes import link_earlier_vote, prepare_usual_questions

__all__ = [
    "MeetingPlan",
    "add_theme",
    "announce_meeting",
    "answer_invitation",
    "answer_opinion",
    "approve_minutes",
    "ask_volunteer",
    "cancel_meeting",
    "cast_votes",
    "change_plan",
    "close_evening",
    "close_vote",
    "convene_meeting",
    "correct_evening",
    "correct_minutes",
    "delete_contribution",
    "delete_old_replies",
    "delete_question",
    "end_meeting",
    "enter_paper_ballots",
    "enter_show_of_hands",
    "give_opinion",
    "issue_slips",
    "keep_decision",
    "link_earlier_vote",
    "note_arrival",
    "note_decision_done",
    "note_letters_carried",
    "note_letters_printed",
    "note_presence",
    "note_registration_forms",
    "offer_help",
    "offer_slip",
    "open_doors",
    "open_vote",
    "plan_meeting",
    "prepare_question",
    "prepare_usual_questions",
    "remind_of_meetings",
    "save_point_words",
    "send_invitations",
    "send_minutes",
    "show_point",
    "take_slip",
    "take_up_offer",
    "tick_point",
    "write_minutes",
]
