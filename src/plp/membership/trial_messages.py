"""A message to oneself, to see whether it arrives."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.models import Dispatch
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.letters import TEXTS
from plp.membership.replies import area_of_earliest_partnership
from plp.people import actions as persons
from plp.people.actions import NotYours
from plp.people.models import ContactPoint, Person
from plp.places.models import Area
from plp.toolbox.crypto import seal, unseal

TEST = "people.test"
TEST_LETTER = LetterTemplate(TEXTS, "test", TEST, to_unconfirmed=True)
ANSWERED_WITHIN = timedelta(hours=1)  # what comes later is no answer to a test
LONGEST_ANSWER = 160  # letters of it that are shown


class TrialAnswer(NamedTuple):
    """What somebody answered to a test, kept for an hour."""

    words: str
    at: datetime


@transaction.atomic
def send_trial_message(
    *, contact: ContactPoint, by: Person, at: datetime, page: str = pages.MEMBER_SETTINGS.path()
) -> None:
    """Send one message to a contact of one's own; it names ``page``, where one goes on. Raises ``NotYours``.

    It asks for no proof of the address and waits for no quiet hours: somebody looks for it now.
    """
    if contact.person_id != by.pk:
        raise NotYours
    send_letter(
        TEST_LETTER,
        to=ContactPoint.objects.filter(pk=contact.pk),
        context={"link": f"{settings.ORIGIN}{page}"},
        area=area_of_earliest_partnership(by),
        by=by,
        at=at,
    )
    note(verb="contact.tried", by=by, at=at, target=contact)


def last_trial_messages(person: Person) -> dict[str, Dispatch]:
    """The last test of each channel that ``person`` sent to themselves."""
    sent = Dispatch.objects.filter(message__purpose=TEST, contact__person=person).order_by("queued_at", "pk")
    return {dispatch.channel: dispatch for dispatch in sent}


def store_answer_to_recent_trial(*, contacts: Iterable[ContactPoint], words: str, at: datetime) -> bool:
    """Keep what came from a number that a test went to within the hour, sealed, for the page that shows it.

    Answers whether it was such a number.
    """
    newest = Dispatch.objects.filter(
        message__purpose=TEST, contact__in=contacts, queued_at__gt=at - ANSWERED_WITHIN
    ).order_by("-queued_at")
    dispatch = newest.first()
    if dispatch is None:
        return False
    sealed = seal(words[:LONGEST_ANSWER], context=_trial_answer_key(dispatch))
    cache.set(_trial_answer_key(dispatch), (sealed, at), ANSWERED_WITHIN.total_seconds())
    return True


def trial_answer(dispatch: Dispatch) -> TrialAnswer | None:
    """What was answered to a test within the hour, if anything was."""
    kept_answer = cache.get(_trial_answer_key(dispatch))
    return (
        TrialAnswer(unseal(kept_answer[0], context=_trial_answer_key(dispatch)), kept_answer[1])
        if kept_answer
        else None
    )


def _trial_answer_key(dispatch: Dispatch) -> str:
    return f"trial-answer:{dispatch.pk}"


@transaction.atomic
def send_installation_test(*, channel: str, address: str, by: Person, at: datetime) -> None:
    """Send ``by`` one message by ``channel``, to see whether it arrives. ``address`` is in its normal form.

    Raises ``NotAllowed``.
    """
    require(by, Permission.PLATFORM_RUN, Area.objects.get(kind=Area.Kind.COUNTRY), at=at)
    contact = persons.add_contact(person=by, channel=channel, address=address, by=by, at=at)
    send_trial_message(contact=contact, by=by, at=at, page=pages.SETUP.path())
