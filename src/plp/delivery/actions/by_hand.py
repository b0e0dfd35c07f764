"""Channels that people carry: a sheet is printed, a telephone rung, and somebody ticks it off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plp.delivery.actions.fallback import requeue_failed_by_next_contact
from plp.delivery.actions.stops import stop_contact
from plp.delivery.installed import channels
from plp.delivery.models import Attempt, Dispatch, Message
from plp.delivery.states import MOVES, State
from plp.journal.actions import note
from plp.people.models import Person
from plp.toolbox.moves import Refused, move


class NoSuchOutcome(Refused):
    """The channel does not know this outcome, or is not carried by hand."""

    sentence = _("Choose one of the outcomes on the list.")


class NotWaiting(Refused):
    """The message was stopped or has expired: it must not be handed out any more."""

    sentence = _("This message was stopped or has expired. Do not hand it out.")


@transaction.atomic
def mark_handed_out(
    *, message: Message, channel: str, by: Person, at: datetime, copy_ids: Sequence[int] | None = None
) -> list[int]:
    """Sheets or a list were printed or taken: queued -> accepted. Answers the ids of the copies handed out.

    ``copy_ids`` limits it to some copies; contacts stopped meanwhile are left out. Neither quiet hours nor a pause hold
    anything here: a gap on a list would tell those who carry it who is away (T14). Raises ``NotWaiting`` and
    ``NoSuchOutcome`` (a channel that is not carried by hand).
    """
    if channel not in channels() or not channels()[channel].abilities.by_hand:
        raise NoSuchOutcome
    message.refresh_from_db(fields=["stopped_at", "expires_at"])
    if message.stopped_at or (message.expires_at and message.expires_at <= at):
        raise NotWaiting
    waiting = message.dispatches.filter(channel=channel, state=State.QUEUED, due_at__lte=at)
    if copy_ids is not None:
        waiting = waiting.filter(pk__in=copy_ids)
    waiting.filter(contact__stopped_at__isnull=False).update(
        state=State.STOPPED, reason="contact-stopped", settled_at=at
    )
    handed = sorted(waiting.values_list("pk", flat=True))
    Dispatch.objects.filter(pk__in=handed, state=State.QUEUED).update(
        state=State.ACCEPTED, tries=F("tries") + 1, reason="", settled_at=at
    )
    note(
        verb="delivery.handed_out", by=by, at=at, area=message.area, target=message, channel=channel, copies=len(handed)
    )
    return handed


@transaction.atomic
def return_unticked_copies_to_list(*, message: Message, channel: str, by: Person, at: datetime) -> int:
    """What was taken and not ticked off yet waits again, for somebody else to take. Answers how many copies."""
    taken = message.dispatches.filter(channel=channel, state=State.ACCEPTED, reason="")
    number = taken.update(state=State.QUEUED, settled_at=None)
    note(verb="delivery.put_back", by=by, at=at, area=message.area, target=message, channel=channel, copies=number)
    return number


@transaction.atomic
def record_hand_outcome_and_reroute(*, dispatch: Dispatch, outcome: str, by: Person, at: datetime) -> None:
    """What became of a copy carried by hand, in the channel's own words (``Channel.outcomes``).

    ``queued`` keeps it on the list for another try; ``failed`` gives it to the person's next channel if there is one.
    An outcome that ``stops`` also stops the contact.

    Raises ``NoSuchOutcome``; ``moves.WrongState`` when somebody was first.
    """
    channel = channels().get(dispatch.channel)
    if channel is None or outcome not in channel.outcomes:
        raise NoSuchOutcome
    state, stops = channel.outcomes[outcome].state, channel.outcomes[outcome].stops
    if state == State.QUEUED and dispatch.state == State.QUEUED:
        Dispatch.objects.filter(pk=dispatch.pk, state=State.QUEUED).update(reason=outcome, tries=F("tries") + 1)
    else:
        move(dispatch, state, table=MOVES, reason=outcome, settled_at=None if state == State.QUEUED else at)
    Attempt.objects.create(dispatch=dispatch, at=at, state=state, reason=outcome)
    if state == State.FAILED:
        requeue_failed_by_next_contact(dispatches=[dispatch.pk], at=at)
    if stops and dispatch.contact is not None:
        stop_contact(contact=dispatch.contact, how=dispatch.channel, at=at)
    message = dispatch.message
    note(verb="delivery.outcome", by=by, at=at, area=message.area, target=message, outcome=outcome)
