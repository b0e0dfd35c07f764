"""Questions about rights. Answered at each request from the mandates and the clock: nothing is cached (T11)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import COVERING, GRANTS, Permission, Role, roles_with
from plp.mandates.models import Absence, Mandate
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused


class NotAllowed(Refused):
    """The person holds no mandate that carries this permission over this area."""

    sentence = _("Your role does not include this. If you think it should, ask the chief of corps of your zone.")


def in_force(at: datetime) -> QuerySet[Mandate]:
    """The mandates in force at ``at``."""
    return Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


def _covering(at: datetime) -> Exists:
    """Whether a deputy's mandate covers an absence at ``at``; an absence counts while the absent mandate holds."""
    return Exists(
        Absence.objects.filter(
            deputy=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at, mandate__in=in_force(at).values("pk")
        )
    )


def carrying(person: Person, permission: Permission, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates of ``person`` that carry ``permission`` at ``at``, wherever they hold."""
    by_role = Q(role__in=roles_with(permission))
    mine = in_force(at).filter(person=person)
    if permission in COVERING:
        return mine.filter(by_role | (Q(role=Role.DEPUTY) & _covering(at)))
    return mine.filter(by_role)


def may(person: Person | None, permission: Permission, area: Area, *, at: datetime) -> bool:
    """Whether ``person`` holds ``permission`` over ``area`` at ``at``: one query."""
    if person is None:
        return False
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    return carrying(person, permission, at=at).filter(area__path__in=beginnings).exists()


def require(person: Person | None, permission: Permission, area: Area, *, at: datetime) -> None:
    """Raise ``NotAllowed`` unless ``may`` says yes."""
    if not may(person, permission, area, at=at):
        raise NotAllowed


def within(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Area]:
    """The areas over which ``person`` holds ``permission`` at ``at``: the scope of lists and look-ups (T10)."""
    if person is None:
        return Area.objects.none()
    mandates = carrying(person, permission, at=at).annotate(beginning=Substr(OuterRef("path"), 1, Length("area__path")))
    return Area.objects.filter(Exists(mandates.filter(area__path=F("beginning"))))


def roles_of(person: Person, *, at: datetime) -> list[Mandate]:
    """The mandates of ``person`` in force at ``at`` with their areas, for the start page: one query."""
    return list(in_force(at).filter(person=person).select_related("area").order_by("area__path", "role"))


def permissions_of(person: Person, *, at: datetime) -> set[Permission]:
    """Everything ``person`` may do somewhere at ``at``: what the menu offers. Two queries."""
    mandates = in_force(at).filter(person=person)
    held = {right for role in mandates.values_list("role", flat=True) for right in GRANTS[Role(role)]}
    if mandates.filter(_covering(at), role=Role.DEPUTY).exists():
        held |= COVERING
    return held


def holders(permission: Permission, area: Area, *, at: datetime) -> QuerySet[Person]:
    """The persons who hold ``permission`` over ``area`` at ``at``."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    by_role = Q(role__in=roles_with(permission))
    rights = in_force(at).filter(area__path__in=beginnings)
    rights = (
        rights.filter(by_role | (Q(role=Role.DEPUTY) & _covering(at)))
        if permission in COVERING
        else rights.filter(by_role)
    )
    return Person.objects.filter(pk__in=rights.values("person"))


def deputies_beside(person: Person, *, at: datetime) -> QuerySet[Mandate]:
    """The deputies in office in the quarters that ``person`` coordinates: whom one can leave one's tasks to (R38)."""
    own = in_force(at).filter(person=person, role=Role.COORDINATOR)
    deputies = in_force(at).filter(role=Role.DEPUTY, area__in=own.values("area"))
    return deputies.select_related("person", "area").order_by("area__path", "starts_at")


def absences_of(person: Person, *, at: datetime) -> QuerySet[Absence]:
    """The absences of ``person`` that last or are to come: shown to themselves (T14)."""
    mine = Absence.objects.filter(mandate__person=person, ends_at__gt=at)
    return mine.select_related("mandate__area", "mandate__person", "deputy__person").order_by("starts_at")
