"""The part of a quarter that a notice goes to: its doors, how many, and in words."""

from django.utils.translation import gettext as _

from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice
from plp.people.households import behind_doors
from plp.people.models import Person
from plp.places.coverage_text import DescribedPart, part_text
from plp.places.models import Street
from plp.places.queries.target_areas import targeted_doors
from plp.places.rules.target_areas import FEWEST_DOORS, TargetArea, TargetedDoors, target_area_from


def target_of(notice: Notice) -> TargetArea | None:
    """The part of the quarter it is meant for; ``None`` for everybody."""
    return target_area_from(notice.target_area) if notice.target_area else None


def doors_of_target(notice: Notice) -> TargetedDoors | None:
    """What that comes to in the quarter now; ``None`` for everybody."""
    area = target_of(notice)
    return targeted_doors(notice.partnership.area, area) if area else None


def count_doors(notice: Notice, doors: TargetedDoors) -> int:
    """How many doors these are: those of the register, or where it knows too few, those behind which members live."""
    if doors.registered >= FEWEST_DOORS:
        return doors.registered
    living = Person.objects.filter(behind_doors(doors))
    active = Membership.objects.filter(partnership=notice.partnership, state=Belonging.ACTIVE, person__in=living)
    return max(doors.registered, active.values("person__household").distinct().count())


def target_in_words(area: TargetArea) -> str:
    """``Rue Haute / Hoogstraat (even numbers); Rue du Moulin``, ``Rue Haute 12 and 200 metres around``."""
    streets = Street.objects.in_bulk(sorted(area.streets))
    around = area.around
    if around is None:
        parts = [DescribedPart(streets[key], (part,)) for key, part in area.parts if key in streets]
        return "; ".join(part_text(part) for part in parts)
    names = {key: street.names for key, street in streets.items()}
    place = f"{names.get(around.street, '')} {around.number}".strip()
    if around.crossing:
        crossing = {"first": place, "other": names.get(around.crossing, "")}
        place = _("crossing of %(first)s and %(other)s") % crossing
    return _("%(place)s and %(metres)d metres around") % {"metres": around.metres, "place": place}
