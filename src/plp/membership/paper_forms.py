"""A consent form on paper, typed in by the coordinator (R45, R48, R66): nobody needs a screen to be a member."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.actions import JoinRequest, accept_and_welcome_member, request_membership
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people import actions as persons
from plp.people.models import Person
from plp.people.queries import contact_digest, house_digest
from plp.places.rules import fold
from plp.toolbox.moves import Refused


class AlreadyListed(Refused):
    """Somebody of this name with the same door or contact is a member or waits."""

    sentence = _("Somebody of this name, at this address or with this contact, is on the list already.")


def paper_form_version(signed_on: date) -> str:
    """The version of consents given on a paper form."""
    return f"paper:{signed_on.isoformat()}"


@transaction.atomic
def register_member_by_paper_form(
    *, partnership: Partnership, joining: JoinRequest, by: Person, at: datetime
) -> Membership:
    """Make somebody a member by their signed form, and welcome them.

    The signature vouches for the contacts: they count as confirmed, as by a hand-over at the door. Raises
    ``NotAllowed``, ``AlreadyListed`` and what ``request_membership`` raises.
    """
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    if _is_listed_under_same_name(partnership, joining):
        raise AlreadyListed
    membership = request_membership(partnership=partnership, joining=joining, by=by, at=at)
    for contact in membership.person.contacts.all():
        persons.confirm_contact_and_clear_failure(contact=contact, by=by, at=at)
    accept_and_welcome_member(membership=membership, by=by, at=at)
    note(verb="membership.form_entered", by=by, at=at, area=partnership.area.path, target=membership)
    return membership


def _is_listed_under_same_name(partnership: Partnership, joining: JoinRequest) -> bool:
    """Whether a member of the same name shares the door or a contact: two queries, few names opened."""
    inside = Person.objects.filter(
        memberships__partnership=partnership, memberships__state__in=[Belonging.PENDING, Belonging.ACTIVE]
    )
    digests = [contact_digest(*contact) for contact in joining.contacts]
    near = list(inside.filter(contacts__digest__in=digests).distinct())
    if joining.street is not None:
        near += list(inside.filter(household__digest=house_digest(joining.street, joining.house)))
    return any(fold(person.name) == fold(joining.name) for person in near)
