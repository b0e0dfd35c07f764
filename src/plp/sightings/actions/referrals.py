"""A report that is not for the police, handed to the municipality; its outcome comes back by a link of the service."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership import erasure
from plp.people import actions as persons
from plp.people.models import Person
from plp.places.rules.bilingual import language_order
from plp.sightings import refusals
from plp.sightings.letters import mail_link_to_service, mail_not_competent_to_referrer, mail_outcome_to_reporter
from plp.sightings.models import Referral, Sighting
from plp.sightings.queries.referrals import can_be_referred
from plp.toolbox.words import normalise_text

MOST_WORDS, MOST_NOTE = 600, 300
UNNAMED = "Service"  # the name of nobody: an address of an office is written to


@dataclass(frozen=True)
class ServiceAddress:
    """Where a service is written to: the key of a channel, and an address in its normal form."""

    channel: str
    address: str


@transaction.atomic
def refer_sighting_and_mail_service(
    *, sighting: Sighting, words: str, to: ServiceAddress | None, by: Person, at: datetime
) -> Referral:
    """Hand a report that was closed as one for another service to the municipality: ``words``, place and day.

    ``to``: where its link is mailed; ``None`` when the police pass it on. Raises ``NotAllowed``, ``NotReferable`` or
    ``BadWords``.
    """
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    if not can_be_referred(sighting):
        raise refusals.NotReferable
    referral = Referral(sighting=sighting, referred_at=at, referred_by=by)
    referral.words = normalise_text(words, most=MOST_WORDS, lines=True)
    if to is not None:
        language = language_order(sighting.municipality.nis)[0]
        service = persons.register_person(name=UNNAMED, language=language, by=None, at=at)
        persons.add_contact(person=service, channel=to.channel, address=to.address, by=None, at=at)
        referral.address, referral.service = to.address, str(service.pk)
    referral.save(force_insert=True)
    mail_link_to_service(referral, by=by, at=at)
    _note_referral("referred", referral, by=by, at=at)
    return referral


@transaction.atomic
def record_referral_outcome_and_notify(
    *,
    referral: Referral,
    outcome: str,
    words: str,
    by: Person | None,  # noqa: ARG001 - a service has no account
    at: datetime,
) -> None:
    """Note what the service made of it, also once more: the reporter hears of it, the desk if it is not for them.

    ``words`` may be empty. Raises ``BadWords``.
    """
    referral.note = normalise_text(words, most=MOST_NOTE, lines=True, empty=True)
    referral.outcome, referral.outcome_at = Referral.Outcome(outcome), at
    referral.save(update_fields=["note", "outcome", "outcome_at"])
    mail_outcome_to_reporter(referral, at=at)
    if referral.outcome == Referral.Outcome.NOT_OURS:
        mail_not_competent_to_referrer(referral, at=at)
    _note_referral("referral_outcome", referral, by=None, at=at, outcome=referral.outcome)


def erase_referral_content(*, sighting: Sighting, by: Person | None, at: datetime) -> None:
    """Erase what was handed over and where to; that it was, and how it ended, stays for counting."""
    referral = Referral.objects.filter(sighting=sighting).first()
    if referral is None:
        return
    for service in Person.objects.filter(pk__in=[referral.service] if referral.service else []):
        erasure.erase_person(person=service, by=by, at=at)
    referral.words = referral.address = referral.service = referral.note = ""
    referral.save(update_fields=["words", "address", "service", "note"])


def _note_referral(verb: str, referral: Referral, *, by: Person | None, at: datetime, **details: object) -> None:
    sighting = referral.sighting
    note(verb=f"sighting.{verb}", by=by, at=at, area=sighting.municipality.path, target=sighting, **details)
