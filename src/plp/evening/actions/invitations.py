"""Invite everybody: a letter at each door of the quarter, a message to whoever registered (R16, R18)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.delivery.models import Dispatch
from plp.delivery.queries import channels_by_hand
from plp.evening.actions.meetings import publish_meeting
from plp.evening.actions.typed_votes import prepare_usual_questions
from plp.evening.guards import note_in_journal, refuse_third_meeting_letter_in_a_day, require_leader
from plp.evening.letters import INVITATION, MEMBERS_INVITATION, queue_to_members_and_applicants
from plp.evening.models import Invitation, Meeting
from plp.evening.queries import streets_to_invite
from plp.evening.states import MeetingState
from plp.partnership.gates import Gate, require_gate
from plp.people.models import Person
from plp.toolbox.moves import Refused, WrongState


class NoDoorToInvite(Refused):
    """The quarter covers no address: nobody could be invited."""

    sentence = _("No street of this neighbourhood is known yet. Say first which streets it covers.")


@transaction.atomic
def convene_meeting_and_count_doors(*, meeting: Meeting, invites: bool, by: Person | None, at: datetime) -> int:
    """Fix date and place, prepare the votes of every evening, and invite everybody if ``invites``; answers the doors.

    Raises what ``publish_meeting`` and ``send_invitations_and_count_doors`` raise; then nothing was done.
    """
    publish_meeting(meeting=meeting, by=by, at=at)
    prepare_usual_questions(meeting=meeting, by=by, at=at)
    return send_invitations_and_count_doors(meeting=meeting, by=by, at=at) if invites else 0


@transaction.atomic
def send_invitations_and_count_doors(*, meeting: Meeting, by: Person | None, at: datetime) -> int:
    """Prepare a letter for every door, street by street, and queue the messages; answers how many doors there are.

    To a meeting of the members no letter goes to the doors, only to members who chose letters.

    Once, for a convened meeting. Raises ``WrongState``, ``NoDoorToInvite``, ``TooManyLettersToday``.
    """
    require_leader(by, meeting, at=at)
    require_gate(meeting.partnership, Gate.INFORMING, by=by, at=at)
    refuse_third_meeting_letter_in_a_day(meeting, "invited_at", at=at)
    streets = streets_to_invite(meeting)
    if meeting.is_information and not streets:
        raise NoDoorToInvite
    waiting = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CONVENED, invited_at=None)
    if not waiting.update(invited_at=at):
        raise WrongState
    Invitation.objects.bulk_create(Invitation(meeting=meeting, street=street, doors=doors) for street, doors in streets)
    invitation = INVITATION if meeting.is_information else MEMBERS_INVITATION
    queued = queue_to_members_and_applicants(invitation, meeting, by=by, at=at)
    meeting.mails = (
        queued - Dispatch.objects.filter(message__subject=meeting.pk, channel__in=channels_by_hand()).count()
    )
    meeting.invited_at = at
    meeting.save(update_fields=["mails"])
    doors = sum(count for _street, count in streets)
    note_in_journal("invited", meeting, by=by, at=at, doors=doors, messages=meeting.mails)
    return doors


@transaction.atomic
def note_letters_printed(*, invitation: Invitation, by: Person | None, at: datetime) -> None:
    """The letters of one street were made; printing again changes nothing."""
    require_leader(by, invitation.meeting, at=at)
    if Invitation.objects.filter(pk=invitation.pk, printed_at=None).update(printed_at=at):
        note_in_journal("letters_printed", invitation.meeting, by=by, at=at, target=invitation)


@transaction.atomic
def note_letters_carried(*, invitation: Invitation, by: Person | None, at: datetime) -> None:
    """The letters of one street are in the letterboxes (R16)."""
    require_leader(by, invitation.meeting, at=at)
    if not Invitation.objects.filter(pk=invitation.pk, carried_at=None).update(carried_at=at):
        raise WrongState
    note_in_journal("letters_carried", invitation.meeting, by=by, at=at, target=invitation)
