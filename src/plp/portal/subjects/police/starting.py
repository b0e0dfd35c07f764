"""The first step of an officer: a message that goes nowhere yet."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.notices.models import Notice
from plp.people.models import Person
from plp.portal.shell.starting import Start


def starts(person: Person, at: datetime) -> list[Start]:
    """A first draft: nothing leaves before a second officer has read it."""
    if not within(person, Permission.NOTICE_WRITE, at=at).exists():
        return []
    wrote = Notice.objects.filter(author=person).exists()
    return [
        Start(_("Write a first message: nothing leaves before a second officer reads it"), reverse("police:new"), wrote)
    ]
