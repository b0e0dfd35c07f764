"""What this subject offers to the shell: first steps, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import Notice
from plp.people.models import Person
from plp.portal.shell.offers import (
    FirstStep,
    Offers,
    Source,
)


def first_draft_first_steps(person: Person, at: datetime) -> list[FirstStep]:
    """A first draft: nothing leaves before a second officer has read it."""
    if not permitted_areas(person, Permission.NOTICE_WRITE, at=at).exists():
        return []
    wrote = Notice.objects.filter(author=person).exists()
    return [
        FirstStep(
            _("Write a first message: nothing leaves before a second officer reads it"),
            reverse("notices:write:new"),
            wrote,
        )
    ]


OFFERS = Offers(
    first_steps=Source(first_draft_first_steps, order=40),
    help={
        "officer/write": (
            "notices:write:new",
            "notices:write:edit",
        ),
    },
)
