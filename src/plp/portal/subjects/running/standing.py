"""How things are for whoever runs the machine: whether messages leave."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.delivery.vitals import vitals
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.people.models import Person
from plp.portal.shell.offers import Standing


def standing(person: Person, at: datetime) -> list[Standing]:
    """What waits, what nobody knows of, and whether the worker lives: for the administrator alone."""
    if not within(person, Permission.PLATFORM_RUN, at=at).exists():
        return []
    now, url = vitals(at), reverse("running:overview")
    word, kind = (_("Silent"), "bad") if now.is_silent else (_("Alive"), "good")
    waiting = Standing(now.waiting, ngettext("message waits", "messages wait", now.waiting), url)
    worker = Standing(word, _("the worker"), url, kind)
    unknown = Standing(now.unknown, _("may not have arrived"), url, "warn")
    return [worker, waiting, *([unknown] if now.unknown else [])]
