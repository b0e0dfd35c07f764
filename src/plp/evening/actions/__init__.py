"""What one may do with an evening. Callers import the module: ``evening.convene(...)``, ``evening.cast(...)``."""

from plp.evening.actions.agenda import add_theme, note_point_treated, save_point_record_draft, set_current_point
from plp.evening.actions.ballots import cast_votes, close_vote, enter_paper_ballots, enter_show_of_hands
from plp.evening.actions.contributions import (
    answer_opinion,
    assign_task_to_volunteer,
    delete_or_unname_contribution,
    note_decision_done,
    note_opinion,
    note_volunteer_contacted,
    offer_help,
    record_decision,
)
from plp.evening.actions.invitations import (
    convene_meeting,
    note_letters_carried,
    note_letters_printed,
    send_invitations,
)
from plp.evening.actions.meetings import (
    MeetingPlan,
    cancel_meeting,
    cancel_meetings_of_ended_partnership,
    change_planned_meeting,
    end_meeting,
    move_convened_meeting,
    open_doors,
    plan_meeting,
    publish_meeting,
)
from plp.evening.actions.minutes import announce_minutes, approve_minutes, correct_minutes, write_minutes
from plp.evening.actions.presence import note_arrival, note_registration_forms, set_number_on_paper_list
from plp.evening.actions.questions import delete_question, open_vote, prepare_question
from plp.evening.actions.replies import answer_invitation, delete_old_replies, remind_of_meetings
from plp.evening.actions.sheets import correct_sheet_and_redraft_minutes, enter_sheet_and_end_meeting
from plp.evening.actions.slips import create_ballot_code_link, create_ballot_codes, exchange_link_for_ballot_code
from plp.evening.actions.typed_votes import (
    link_earlier_vote,
    prepare_usual_questions,
    propose_elected_who_registered,
)
