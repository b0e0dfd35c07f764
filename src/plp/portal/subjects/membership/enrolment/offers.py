"""What this subject offers to the shell: its place in the menu, first steps, where its pages are explained."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.mandates.grants import Permission
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.portal.shell.offers import (
    MEMBERS,
    FirstStep,
    MenuEntry,
    Offers,
    Shortcut,
    Source,
)


def _living_partnerships(person: Person, at: datetime) -> QuerySet[Partnership]:
    """Those to which ``person`` may add members."""
    return partnerships_in_scope(person, Permission.MEMBERS_MANAGE, at=at).exclude(state__in=OVER)


def first_member_first_steps(person: Person, at: datetime) -> list[FirstStep]:
    """A member beside oneself."""
    partnerships = _living_partnerships(person, at)
    if not partnerships.exists():
        return []
    others = Membership.objects.filter(partnership__in=partnerships, state=Belonging.ACTIVE).exclude(person=person)
    return [
        FirstStep(
            _("Enrol your first members: from the link, a list or paper forms"),
            reverse("membership:enrolment:desk"),
            others.exists(),
        )
    ]


def paper_form_shortcuts(person: Person, at: datetime) -> list[Shortcut]:
    """The form of one neighbour, where there is one partnership to add to."""
    keys = list(_living_partnerships(person, at).values_list("key", flat=True)[:2])
    if len(keys) != 1:
        return []
    return [Shortcut(_("Add a member"), reverse("membership:enrolment:form", args=keys), "user-plus")]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Enrolment"),
            gettext_lazy("Enter a paper form or a list of neighbours."),
            "membership:enrolment:desk",
            "user-plus",
            Permission.MEMBERS_MANAGE,
            MEMBERS,
            order=60,
        ),
    ),
    first_steps=Source(first_member_first_steps, order=50),
    shortcuts=Source(paper_form_shortcuts, order=10),
    help={
        "coordinator/welcome": ("membership:enrolment:ask",),
        "coordinator/paper": (
            "membership:enrolment:desk",
            "membership:enrolment:form",
        ),
    },
)
