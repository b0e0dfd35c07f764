"""What this subject offers to the shell: its place in the menu, figures, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.delivery.health import outbox_health
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    Figure,
    MenuEntry,
    Offers,
    Source,
)


def outbox_figures(person: Person, at: datetime) -> list[Figure]:
    """What waits, what nobody knows of, and whether the worker lives: for the administrator alone."""
    if not permitted_areas(person, Permission.PLATFORM_RUN, at=at).exists():
        return []
    now, url = outbox_health(at), reverse("delivery:overview")
    word, kind = (_("Silent"), "bad") if now.is_silent else (_("Alive"), "good")
    waiting = Figure(now.waiting, ngettext("message waits", "messages wait", now.waiting), url)
    worker = Figure(word, _("the worker"), url, kind)
    unknown = Figure(now.unknown, _("may not have arrived"), url, "warn")
    return [worker, waiting, *([unknown] if now.unknown else [])]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Running"),
            gettext_lazy("Whether messages leave, and what stands in their way."),
            "delivery:overview",
            "activity",
            Permission.PLATFORM_RUN,
            MESSAGES,
            order=10,
        ),
    ),
    figures=Source(outbox_figures, order=10),
    help={
        "administrator/running": ("delivery:overview",),
        "administrator/outbox": ("delivery:open",),
    },
)
