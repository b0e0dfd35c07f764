"""What is kept of a member, on paper, for whoever cannot look themselves; and the receipt of an erasure (R66, R79).

Only what the coordinator sees anyway stands here: no pause, no quiet hours, nothing said to the police (T14).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.delivery.installed import address_if_readable, channels
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Grid, Value, compose, pdf
from plp.documents.dates import date_format
from plp.firms.rules import formatted_number
from plp.membership.consent_labels import consent_label
from plp.membership.models import Membership
from plp.membership.on_behalf import TEXTS
from plp.membership.replies import member_letter_values
from plp.partnership.signs import sign_and_name
from plp.people.models import ContactPoint, Person
from plp.toolbox.clock import local
from plp.toolbox.texts import text

NONE = [("–", "–", "–")]


def coordinator_data_sheet_pdf(membership: Membership, *, at: datetime) -> bytes:
    """The sheet that a coordinator prints, in the member's language. Raises as ``documents.pdf``."""
    return _compose_data_sheet_pdf(membership, "sheet", {}, at=at)


def own_data_sheet_pdf(
    membership: Membership, *, wishes: Sequence[tuple[str, str]], rules_accepted: Sequence[datetime], at: datetime
) -> bytes:
    """The sheet that a member opens: also what nobody else sees, as pairs of a label and how it stands.

    ``rules_accepted``: when they accepted newer rules than those with which they joined.
    """
    person = membership.person
    with translation.override(person.language):
        newer = [(_("Internal rules"), _day_or_empty(moment), "–") for moment in rules_accepted]
        own = {
            "wishes": Grid([_("What"), _("As it is kept")], wishes),
            "consents": _consent_grid([*newer, *_consent_rows(person)] or NONE),
        }
    return _compose_data_sheet_pdf(membership, "own_sheet", own, at=at)


def _compose_data_sheet_pdf(membership: Membership, name: str, more: Mapping[str, Value], *, at: datetime) -> bytes:
    person, partnership = membership.person, membership.partnership
    names = member_letter_values(person)
    with translation.override(person.language):
        places: dict[str, Value] = {
            "partnership": sign_and_name(partnership.kind, partnership.name(person.language), person.language),
            "date": _day_or_empty(at),
            "facts": Grid([_("What"), _("As it is kept")], _personal_data_rows(membership)),
            "contacts": Grid([_("How"), _("Where"), _("State")], _contact_rows(person)),
            "consents": _consent_grid(_consent_rows(person) or NONE),
            "settings_link": names["settings_link"],
            "coordinator_contact": names["coordinator_contact"],
            **more,
        }
        source = text(TEXTS, name, person.language, **{place: f"{{{place}}}" for place in places})
        title = source.splitlines()[0].removeprefix("# ").replace("{partnership}", str(places["partnership"]))
    document = compose(source, places, language=person.language, title=title)
    return pdf(document, at=at, footer=str(places["partnership"]), large_print=person.preference.needs_large_type)


def erasure_receipt_text(membership: Membership, *, at: datetime) -> str:
    """The receipt of an erasure, in the language of the member: made before, shown after."""
    person = membership.person
    with translation.override(person.language):
        name = membership.partnership.name(person.language)
        return text(TEXTS, "erased", person.language, name=person.name, partnership=name, date=_day_or_empty(at))


def _day_or_empty(moment: datetime | None) -> str:
    return date_format(local(moment), "DATE_FORMAT") if moment else ""


def _personal_data_rows(membership: Membership) -> list[tuple[str, str]]:
    """Name, language, door, and since when; of a pair each."""
    person, home = membership.person, membership.person.household
    door = f"{home.street.name(person.language)} {home.house}" if home else _("works here, lives elsewhere")
    facts = [
        (_("Name"), person.name),
        (_("Language"), str(dict(settings.LANGUAGES)[person.language])),
        (_("Address"), door),
        (capfirst(_("large print")), _("yes") if person.preference.large_print else _("no")),
        (_("Messages in simple words"), _("yes") if person.preference.easy_to_read else _("no")),
        (_("One letter for the address"), _("yes") if person.preference.shares_letters else _("no")),
        (_("A note for callers"), person.preference.call_note_in_words or "–"),
        (_("Member since"), _day_or_empty(membership.joined_at) or "–"),
    ]
    if membership.firm:
        facts.insert(1, (_("Firm"), f"{membership.firm.name}, {formatted_number(membership.firm.number)}"))
    return [*facts, (_("Left on"), _day_or_empty(membership.left_at))] if membership.left_at else facts


def _contact_rows(person: Person) -> list[tuple[str, str, str]]:
    return [_contact_row(contact) for contact in person.contacts.order_by("rank", "created_at")] or NONE


def _contact_row(contact: ContactPoint) -> tuple[str, str, str]:
    channel = channels().get(contact.channel)
    state = _("not confirmed")
    if contact.stopped_at:
        state = _("stopped on %s") % _day_or_empty(contact.stopped_at)
    elif contact.failure:
        state = _("messages come back since %s") % _day_or_empty(contact.failed_at)
    elif contact.confirmed_at:
        state = _("in use")
    return (
        str(channel.label if channel else contact.channel),
        format_phone_number(address_if_readable(contact.channel, contact.address)) or "–",
        state,
    )


def _consent_grid(rows: Sequence[tuple[str, str, str]]) -> Grid:
    return Grid([_("What"), _("Given"), _("Withdrawn")], rows)


def _consent_rows(person: Person) -> list[tuple[str, str, str]]:
    rows = person.consents.order_by("given_at")
    return [
        (str(consent_label(consent)), _day_or_empty(consent.given_at), _day_or_empty(consent.withdrawn_at) or "–")
        for consent in rows
    ]
