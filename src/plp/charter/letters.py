"""Papers that go with an act of the charter: the slip of a member, the letter to FPS Interior (R66, R68, R95)."""

from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.charter.models import Amendment, Deed
from plp.charter.queries.deeds import amendments_of
from plp.delivery import pages
from plp.documents import Document, Lines, Value, compose
from plp.documents.dates import date_format
from plp.partnership.models import Partnership
from plp.places.municipality_titles import municipality_title
from plp.places.queries import municipalities_of_quarter, zone_around
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"


def rules_acceptance_link(partnership: Partnership) -> str:
    """Where a member accepts the internal rules on the screen."""
    return pages.CHARTER_ACCEPT.link(partnership.key)


def rules_acceptance_slip(deed: Deed, language: str) -> Document:
    """What a member signs on paper: that they read and accept this version of the internal rules."""
    with override(language):
        title = _("Internal rules: %s") % deed.partnership.name(language)
        held_since = _day_in_words(local(deed.signed_at).date()) if deed.signed_at else ""
        places: dict[str, Value] = {
            "partnership": deed.partnership.name(language),
            "version": str(deed.version),
            "day": held_since or _("(not signed yet)"),
            "link": rules_acceptance_link(deed.partnership),
        }
    return _compose_charter_letter("acceptance_slip", places, deed, language, title)


def amendment_letter_to_interior(deed: Deed, language: str, *, at: datetime) -> Document:
    """The letter that tells FPS Interior what changed since ``deed`` was signed and was not told yet (R95)."""
    waiting = amendments_of(deed.partnership).filter(deed=deed, interior_told_on=None)
    area = deed.partnership.area
    zone, around = zone_around(area), municipalities_of_quarter(area)
    with override(language):
        title = _("Letter to FPS Interior")
        places: dict[str, Value] = {
            "partnership": deed.partnership.name(language),
            "zone": zone.name(language) if zone else deed.partnership.name(language),
            "municipality": " – ".join(municipality.name(language) for municipality in around) or area.name(language),
            "municipality_title": " – ".join(municipality_title(municipality, language) for municipality in around)
            or area.name(language),
            "today": _day_in_words(local(at).date()),
            "signed_on": _day_in_words(local(deed.signed_at).date()) if deed.signed_at else _("(not signed yet)"),
            "version": str(deed.version),
            "circular": _day_in_words(deed.circular_on),
            "changes": Lines([_amendment_in_words(one) for one in waiting] or [_("(nothing to tell)")]),
        }
    return _compose_charter_letter("interior_letter", places, deed, language, title)


def _amendment_in_words(amendment: Amendment) -> str:
    words = {"what": amendment.get_cause_display(), "day": _day_in_words(local(amendment.raised_at).date())}
    return str(_("%(what)s, changed on %(day)s") % words)


def _day_in_words(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def _compose_charter_letter(name: str, places: dict[str, Value], deed: Deed, language: str, title: str) -> Document:
    source = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    return compose(source, places, language=language, title=title, kind=deed.partnership.kind)
