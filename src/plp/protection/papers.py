"""Register, impact assessment and notices of a breach: texts of ours, filled from the real settings and data."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents import Document, Grid, Lines, Missing, Value, compose
from plp.documents.dates import date_format
from plp.partnership.models import Partnership
from plp.partnership.states import OPEN
from plp.people.retention_terms import shortest_terms_by_kind
from plp.places.models import Area
from plp.protection import facts
from plp.protection.models import Breach
from plp.protection.retention import RULES
from plp.protection.retention_text import legal_basis_text, period_text
from plp.protection.rules import notification_deadline
from plp.protection.states import Data
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
MOST = 400  # partnerships that a register lists


def _compose_paper(name: str, values: dict[str, Value], language: str, title: str) -> Document:
    source = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    return compose(source, values, language=language, title=title)


def compose_register_or_assessment(name: str, *, areas: QuerySet[Area], language: str, at: datetime) -> Document:
    """``register`` or ``assessment`` for whoever answers for ``areas``, in ``language``."""
    with override(language):
        title = {"register": _("Register of processing"), "assessment": _("Impact assessment")}[name]
        values: dict[str, Value] = {
            "title": title,
            "day": date_format(local(at), "DATE_FORMAT"),
            "site": settings.ORIGIN,
            "officer": _data_protection_officer(),
            "partnerships": _open_partnerships_value(areas, language),
            "recipients": Grid([_("Who"), _("What for"), _("Where")], facts.data_recipient_rows()),
            "channels": Lines(facts.channel_names()),
            "roles": Grid([_("Role"), _("Sees members by name")], facts.role_member_access_rows()),
            "retention": retention_grid(),
            "measures": Lines(facts.protective_measures()),
            "gaps": Lines(facts.missing_safeguards()) if facts.missing_safeguards() else _("None."),
        }
    return _compose_paper(name, values, language, title)


def retention_grid() -> Grid:
    """How long what is kept, in the active language."""
    terms = shortest_terms_by_kind()
    return Grid(
        [_("What"), _("How long"), _("Legal basis")],
        [[str(rule.what), period_text(rule, terms), legal_basis_text(rule)] for rule in RULES],
    )


def _open_partnerships_value(areas: QuerySet[Area], language: str) -> Value:
    partnerships = (
        Partnership.objects.filter(area__in=areas, state__in=OPEN).select_related("area").order_by("key")[:MOST]
    )
    rows = [
        [partnership.name(language), str(partnership.get_kind_display()), str(partnership.get_state_display())]
        for partnership in partnerships
    ]
    return Grid([_("Partnership"), _("Kind"), _("State")], rows) if rows else _("No partnership is open here yet.")


def compose_breach_letter(name: str, breach: Breach, *, language: str, at: datetime) -> Document:
    """``authority`` or ``persons``: a notice of a breach, to be completed by hand and sent (GDPR arts. 33, 34)."""
    with override(language):
        title = {
            "authority": _("Notice of a breach of personal data"),
            "persons": _("What happened to your data"),
        }[name]
        values: dict[str, Value] = {
            "title": title,
            "day": date_format(local(at), "DATE_FORMAT"),
            "place": breach.partnership.name(language) if breach.partnership else breach.area.name(language),
            "cause": str(breach.get_cause_display()),
            "words": breach.words,
            "plain": breach.plain or Missing(_("what happened, in plain words")),
            "data": Lines([str(Data(key).label) for key in breach.data]),
            "persons": str(breach.persons) if breach.persons else _("not known yet"),
            "began": _moment_text(breach.began_at) or _("not known yet"),
            "noticed": _moment_text(breach.noticed_at),
            "deadline": _moment_text(notification_deadline(breach.noticed_at)),
            "risk": str(breach.get_risk_display()) or Missing(_("How serious is it?")),
            "reason": breach.reason or Missing(_("the reason")),
            "done": breach.done or Missing(_("measures")),
            "late": breach.late_because or "–",
            "contact": _data_protection_officer(),
        }
    return _compose_paper(f"breach_{name}", values, language, title)


def _data_protection_officer() -> Value:
    """The data protection officer, or where the name is to be written."""
    return settings.DPO or Missing(_("name and contact of the data protection officer"))


def _moment_text(at: datetime | None) -> Any:
    return date_format(local(at), "DATETIME_FORMAT") if at else ""
