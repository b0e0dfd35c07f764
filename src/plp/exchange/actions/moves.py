"""A partnership moves: offered by the chief here, taken by the chief there, asked back until it is there."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from plp.documents.dates import date_format
from plp.exchange import refusals
from plp.exchange.letters_to_members import tell_members_move_is_off, tell_members_of_coming_move
from plp.exchange.models import PartnerInstallation, PartnershipMove
from plp.exchange.move_queries import MOVABLE, MOVE, count_move_contents, street_keys_needed_by, unknown_streets
from plp.exchange.outbox import queue_letter
from plp.exchange.queries import partners_for_messages
from plp.exchange.rules import MEMBERS_KNOW, MOST_STREETS, SHORTEST_REASON
from plp.exchange.states import PARTNERSHIP_MOVES, LetterKind, MoveState
from plp.journal.actions import note
from plp.mandates.queries import require
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import move
from plp.toolbox.texts import OFFICIAL_LANGUAGES


@transaction.atomic
def offer_move(
    *,
    partnership: Partnership,
    partner: PartnerInstallation,
    day: date | None = None,
    by: Person,
    at: datetime,
) -> PartnershipMove:
    """Ask another installation to take a partnership. Nothing changes before its chief says yes; nobody is named.

    ``day``: on which it would go; else as soon as its members may. Raises ``NotAllowed``, ``NotConnected``,
    ``CannotMove``, ``MoveTooSoon``.
    """
    _require_chief(by, partner, at)
    if not partners_for_messages(partnership.area).filter(pk=partner.pk).exists():
        raise refusals.NotConnected
    streets = street_keys_needed_by(partnership)
    if partnership.state not in MOVABLE or len(streets) > MOST_STREETS:
        raise refusals.CannotMove
    if day is not None and day < earliest_move_day(at):
        raise refusals.MoveTooSoon(day=date_format(earliest_move_day(at), "DATE_FORMAT"))
    offer = _create_own_move(partnership, partner, streets, by, at)
    offer.day = day
    offer.save(update_fields=["day"])
    content = {
        "move": str(offer.key),
        "partnership": offer.slug,
        "names": offer.names,
        "members": offer.members,
        "streets": streets,
        "day": day.isoformat() if day else None,
    }
    queue_letter(partner, LetterKind.MOVE, content, by=by, at=at)
    note(verb="exchange.move_offered", by=by, at=at, area=partnership.area.path, target=partnership)
    return offer


def _require_chief(by: Person, partner: PartnerInstallation, at: datetime) -> None:
    for permission in MOVE:
        require(by, permission, partner.area, at=at)


def _create_own_move(
    partnership: Partnership, partner: PartnerInstallation, streets: list[str], by: Person, at: datetime
) -> PartnershipMove:
    try:
        with transaction.atomic():
            return PartnershipMove.objects.create(
                partner=partner,
                is_ours=True,
                partnership=partnership,
                slug=partnership.key,
                names={language: partnership.name(language) for language in OFFICIAL_LANGUAGES},
                streets=streets,
                members=count_move_contents(partnership).members,
                made_at=at,
                made_by=by,
            )
    except IntegrityError as under_way:
        raise refusals.CannotMove from under_way


def earliest_move_day(at: datetime) -> date:
    """The first day on which a partnership may go that is agreed now: its members know it three weeks before."""
    return local(at + MEMBERS_KNOW).date()


def day_of_move(offer: PartnershipMove, *, at: datetime) -> date:
    """The day on which it goes if it is agreed now: the one that was chosen, if members still have three weeks."""
    return max(offer.day or earliest_move_day(at), earliest_move_day(at))


@transaction.atomic
def accept_move(*, offer: PartnershipMove, by: Person, at: datetime) -> None:
    """Take a partnership: it comes by itself, on the day that was asked for or in three weeks.

    Raises ``NotAllowed``, ``StreetsUnknown``, ``KeyIsTaken``, ``WrongState``.
    """
    _require_chief(by, offer.partner, at)
    if unknown_streets(offer.streets):
        raise refusals.StreetsUnknown
    if Partnership.objects.filter(key=offer.slug).exists():
        raise refusals.KeyIsTaken
    day = day_of_move(offer, at=at)
    move(offer, MoveState.AGREED, table=PARTNERSHIP_MOVES, answered_at=at, answered_by=by, day=day)
    queue_letter(offer.partner, LetterKind.MOVE_YES, {"move": str(offer.key)}, by=by, at=at)
    note(verb="exchange.move_accepted", by=by, at=at, area=offer.partner.area.path, target=offer)


@transaction.atomic
def refuse_move(*, offer: PartnershipMove, because: str, by: Person | None, at: datetime) -> None:
    """Not take a partnership, with a reason that the police there read; also once it was agreed, until it is here.

    ``by`` nobody: its archive cannot be read in. Raises ``NotAllowed``, ``OfferReasonMissing``, ``WrongState``.
    """
    if by is not None:
        _require_chief(by, offer.partner, at)
    words = " ".join(because.split())[:300]
    if len(words) < SHORTEST_REASON:
        raise refusals.OfferReasonMissing
    move(offer, MoveState.REFUSED, table=PARTNERSHIP_MOVES, because=words, answered_at=at, answered_by=by)
    offer.received_parts.all().delete()
    content = {"move": str(offer.key), "because": words}
    queue_letter(offer.partner, LetterKind.MOVE_NO, content, by=by, at=at)
    note(verb="exchange.move_refused", by=by, at=at, area=offer.partner.area.path, target=offer)


@transaction.atomic
def recall_move(*, offer: PartnershipMove, by: Person, at: datetime) -> None:
    """Keep a partnership after all. Once its archive has left, the other side says whether it was there already.

    Raises ``NotAllowed``, ``WrongState`` once it has moved.
    """
    _require_chief(by, offer.partner, at)
    offer = PartnershipMove.objects.select_for_update(of=("self",)).select_related("partner__area").get(pk=offer.pk)
    has_left = offer.state == MoveState.SENT
    was_told = offer.state == MoveState.AGREED
    to = MoveState.RECALLED if has_left else MoveState.RETURNED
    move(offer, to, table=PARTNERSHIP_MOVES)
    queue_letter(offer.partner, LetterKind.MOVE_BACK, {"move": str(offer.key)}, by=by, at=at)
    if not has_left:
        keep_partnership_here(offer, were_members_told=was_told, by=by, at=at)
    note(verb="exchange.move_recalled", by=by, at=at, area=offer.partner.area.path, target=offer)


def keep_partnership_here(offer: PartnershipMove, *, were_members_told: bool, by: Person | None, at: datetime) -> None:
    """Let a partnership that does not move go on as before; members who were told of a move are told."""
    partnership = offer.partnership
    if partnership is None:
        return
    if offer.closed_at is not None and offer.was_state == State.ACTIVE and partnership.state == State.DORMANT:
        partnerships.activate_partnership(partnership=partnership, by=None, at=at)
    if were_members_told:
        tell_members_move_is_off(offer, by=by, at=at)
    offer.partner.letters.filter(kind=LetterKind.MOVE_PART).update(content={})
    offer.packed, offer.closed_at, offer.finished_at = {}, None, at
    offer.save(update_fields=["packed", "closed_at", "finished_at"])


def set_move_day_and_tell_members(offer: PartnershipMove, *, by: Person | None, at: datetime) -> None:
    """Set the day and tell every member of it: they may leave before, and then nothing of theirs goes."""
    offer.day = day_of_move(offer, at=at)
    offer.letter_count = tell_members_of_coming_move(offer, by=by, at=at)
    offer.save(update_fields=["day", "letter_count"])
