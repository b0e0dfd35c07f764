"""What this subject offers to the shell: tasks that wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.alerts.queries import FRESH_DRAFTS, TO_STOP, stop_proposals_in_scope, traces_of_authorless_drafts
from plp.mandates.queries import holds_any_permission
from plp.notices.queries import DESK
from plp.people.models import Person
from plp.portal.shell.offers import (
    Offers,
    Source,
    Task,
)


def official_alert_tasks(person: Person, at: datetime) -> list[Task]:
    """First what may have to be stopped, then what nobody looked at."""
    if not holds_any_permission(person, *DESK, at=at):
        return []
    found, url = [], reverse("alerts:desk")
    stop = stop_proposals_in_scope(person, at=at).count() if TO_STOP.may_exist_for(person) else 0
    drafts = traces_of_authorless_drafts(person, at=at).count() if FRESH_DRAFTS.may_exist_for(person) else 0
    if stop:
        title = ngettext("%d official alert was withdrawn", "%d official alerts were withdrawn", stop)
        words = _("Decide: stop the message that came from the alert, or keep it.")
        found.append(Task(title % stop, words, url, urgent=True, count=stop))
    if drafts:
        title = ngettext("%d draft of an official alert", "%d drafts of official alerts", drafts)
        words = _("Read, complete and offer for release, or drop.")
        found.append(Task(title % drafts, words, url, urgent=True, count=drafts))
    return found


OFFERS = Offers(
    tasks=Source(official_alert_tasks, order=30),
)
