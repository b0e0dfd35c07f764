"""The clock of 72 hours, for the one mechanism of ``followup.clocks`` (R86)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.followup.clocks import POLICE, DueKind
from plp.mandates.grants import Permission
from plp.protection import queries

KINDS: tuple[DueKind, ...] = (
    DueKind(
        "breach",
        _("a breach of personal data waits: within 72 hours the authority must know"),
        Permission.BREACH_KEEP,
        queries.due_breaches,
        POLICE,
        timedelta(0),
        pages.BREACHES.path(),
        above=pages.BREACHES.path(),
    ),
)
