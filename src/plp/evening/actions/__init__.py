"""What one may do with an evening. Callers import the module: ``evening.convene(...)``, ``evening.cast(...)``."""

from plp.evening.actions.agenda import (
    add_agenda_theme,
    record_agenda_point_treated,
    save_point_record_draft,
    set_current_agenda_point,
)
from plp.evening.actions.ballots import (
    cast_votes,
    close_vote_and_record_candidate_result,
    enter_paper_ballots,
    enter_show_of_hands,
)
from plp.evening.actions.contributions import (
    answer_opinion,
    assign_task_to_volunteer,
    delete_or_anonymise_contribution,
    note_decision_done,
    note_volunteer_contacted,
    record_decision,
    record_help_offer,
    record_opinion,
)
from plp.evening.actions.invitations import (
    convene_meeting_and_count_doors,
    note_letters_carried,
    note_letters_printed,
    send_invitations_and_count_doors,
)
from plp.evening.actions.meetings import (
    MeetingPlan,
    cancel_meeting_and_notify,
    cancel_meetings_of_ended_partnership,
    change_planned_meeting,
    end_meeting_and_delete_codes,
    move_convened_meeting_and_notify,
    open_meeting_for_presence_and_votes,
    plan_meeting,
    publish_meeting,
)
from plp.evening.actions.minutes import announce_minutes, approve_minutes, correct_minutes, write_minutes
from plp.evening.actions.presence import (
    record_own_arrival,
    set_attendance_on_paper_list,
    set_count_of_registration_forms,
)
from plp.evening.actions.questions import delete_question, open_vote, prepare_question
from plp.evening.actions.replies import (
    answer_invitation_and_reassign_seats,
    delete_old_replies,
    remind_attendees_of_meetings,
)
from plp.evening.actions.sheets import (
    add_agreement_and_redraft_minutes,
    correct_sheet_with_votes_and_minutes,
    enter_sheet_ending_meeting_with_minutes,
)
from plp.evening.actions.slips import create_ballot_code_link, create_ballot_codes, exchange_link_for_ballot_code
from plp.evening.actions.typed_votes import (
    link_earlier_vote_and_record_result,
    prepare_usual_questions,
    propose_elected,
    propose_elected_who_registered,
)
