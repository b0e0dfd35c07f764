"""The first step of a coordinator: the neighbours who said yes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.people.models import Person
from plp.portal.shell.starting import Start


def starts(person: Person, at: datetime) -> list[Start]:
    """A member beside oneself."""
    areas = within(person, Permission.MEMBERS_MANAGE, at=at)
    if not areas.exists():
        return []
    others = Membership.objects.filter(partnership__area__in=areas, state=Belonging.ACTIVE).exclude(person=person)
    return [
        Start(
            _("Enrol your first members: from the link, a list or paper forms"),
            reverse("enrolment:desk"),
            others.exists(),
        )
    ]
