"""Paper about several members at once: their telephone numbers to call, their addresses to stick on envelopes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plp.delivery.installed import channels
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Grid, Value, compose, pdf
from plp.documents.dates import date_format
from plp.documents.tagged_pdf import render_pdf
from plp.membership.lists.rows import TELEPHONE
from plp.membership.models import Membership
from plp.people.models import Person
from plp.places.postal_addresses import town_line
from plp.toolbox.clock import local
from plp.toolbox.texts import text

HERE = Path(__file__).parent
TEXTS = HERE / "texts"


def member_call_list_pdf(
    memberships: Sequence[Membership], *, partnership_name: str, export_code: str, at: datetime
) -> bytes:
    """The telephone numbers of members, in the order given, with a box to tick; needs contacts loaded.

    In the language that is active, of whoever calls. Raises as ``documents.pdf``.
    """
    language = get_language() or "fr"
    head = [_("Name"), _("Language"), _("Telephone"), _("For the caller"), _("Reached")]
    places: dict[str, Value] = {
        "partnership": partnership_name,
        "date": date_format(local(at), "DATE_FORMAT"),
        "members": Grid(head, [_phone_row(membership) for membership in memberships]),
        "number": ngettext("%d member", "%d members", len(memberships)) % len(memberships),
        "code": export_code,
    }
    source = text(TEXTS, "phone_list", language, **{place: f"{{{place}}}" for place in places})
    title = source.splitlines()[0].removeprefix("# ").replace("{partnership}", partnership_name)
    return pdf(compose(source, places, language=language, title=title), at=at, footer=partnership_name)


def _phone_row(membership: Membership) -> tuple[str, ...]:
    person = membership.person
    phones = [key for key, channel in channels().items() if channel.address_form.input_type == TELEPHONE]
    numbers = [
        format_phone_number(point.address)
        for point in sorted(person.contacts.all(), key=lambda point: point.rank)
        if point.channel in phones and point.stopped_at is None
    ]
    firm = membership.firm
    opening = firm.opening_sentence if firm is not None else ""
    return (
        f"{person.name}, {firm.name}" if firm is not None else person.name,
        person.language.upper(),
        ", ".join(dict.fromkeys(numbers)) or "–",
        " ".join(filter(None, [person.preference.call_note_in_words, opening])) or "–",
        "☐",
    )


def address_labels_pdf(memberships: Iterable[Membership], *, export_code: str, at: datetime) -> bytes:
    """Address labels, twenty-four on an A4 (70 × 37 mm), each in the language of its reader.

    Somebody without a door has none. Raises the refusals of ``documents.tagged_pdf``.
    """
    labels = [address_lines(membership.person) for membership in memberships if membership.person.household]
    content = {"labels": labels, "code": export_code}
    return render_pdf(HERE / "labels.typ", content, language=get_language() or "fr", title=_("Address labels"), at=at)


def address_lines(person: Person) -> list[str]:
    """Name, door and town, for an envelope; the name alone without a door. Needs household and street loaded."""
    home = person.household
    if home is None:
        return [person.name]
    door = f"{home.street.name(person.language)} {home.house}"
    return [person.name, door, town_line(home.street, person.language)]
