"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    PARTNERSHIP,
    MenuEntry,
    Offers,
    Source,
    Task,
)
from plp.protection.queries import running_breaches_of_no_partnership
from plp.protection.rules import notification_deadline

NAME = pgettext_lazy("menu", "Data protection")  # may break where a telephone is narrow


def running_breach_tasks(person: Person, at: datetime) -> list[Task]:
    """One task a breach, urgent: the authority must know within 72 hours."""
    if not holds_any_permission(person, Permission.BREACH_KEEP, at=at):
        return []
    return [
        Task(
            _("A breach of personal data"),
            str(breach.get_cause_display()),
            reverse("protection:breach", args=[breach.pk]),
            urgent=True,
            due_at=notification_deadline(breach.noticed_at),
        )
        for breach in running_breaches_of_no_partnership(person, at=at)
    ]


OFFERS = Offers(
    menu=(
        MenuEntry(
            NAME,
            gettext_lazy("The papers that data protection asks for."),
            "protection:home",
            "shield-check",
            Permission.PROTECTION_READ,
            PARTNERSHIP,
            order=160,
        ),
    ),
    tasks=Source(running_breach_tasks, order=160),
    help={
        "chief/breach": (
            "protection:home",
            "protection:breaches",
            "protection:record",
            "protection:breach",
        ),
        "administrator/breach": (
            "protection:home",
            "protection:breaches",
            "protection:record",
            "protection:breach",
        ),
    },
)
