"""Where the journal ended, monthly to coordinators and officers: who cuts it later cannot change their mails (T38)."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal import anchors
from plp.journal.actions import note
from plp.journal.queries import is_noted, noted_platform_targets
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force
from plp.people.models import ContactPoint, Person

TEXTS = Path(__file__).parent / "texts"
VERB = "journal.heads_told"
MONTH, KEPT = timedelta(days=30), timedelta(days=7)
AT_ONCE = 200  # letters
JOURNAL_HEADS = LetterTemplate(TEXTS, "journal_heads", "partnership.journal_heads", urgent=False, lasts=KEPT)


def send_due_journal_heads_to_officials(*, by: Person | None, at: datetime) -> int:
    """Write to whoever has been in office for a month and got no such letter in it, at most ``AT_ONCE``: how many."""
    informed = noted_platform_targets(VERB, since=at - MONTH)
    mandates = (
        mandates_in_force(at)
        .filter(role__in=[Role.COORDINATOR, Role.OFFICER], starts_at__lte=at - MONTH)
        .order_by("pk")
    )
    due = [
        mandate_due
        for mandate_due in mandates.select_related("area", "person")
        if _journal_target(mandate_due) not in informed
    ][:AT_ONCE]
    for mandate in due:
        _send_heads_of_mandate_once_a_month(mandate, by=by, at=at)
    return len(due)


@transaction.atomic
def _send_heads_of_mandate_once_a_month(mandate: Mandate, *, by: Person | None, at: datetime) -> None:
    """The chains of one mandate: a coordinator's quarter, every quarter of an officer's zone."""
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    if is_noted(VERB, target=_journal_target(mandate), since=at - MONTH):  # by another machine
        return
    note(verb=VERB, by=by, at=at, target=_journal_target(mandate))
    lines = anchors.anchor_lines(at, within=mandate.area.path)
    if not lines:
        return
    send_letter(
        JOURNAL_HEADS,
        to=ContactPoint.objects.filter(person=mandate.person_id),
        context=lambda language: {"area": mandate.area.name(language), "heads": lines.strip()},
        area=None,
        by=by,
        at=at,
    )


def _journal_target(mandate: Mandate) -> str:
    return f"journal-heads:{mandate.pk}"
