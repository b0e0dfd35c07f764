"""The part of a quarter that a notice goes to: its doors, how many, and in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice
from plp.people.households import lives_behind_doors_condition
from plp.people.models import Person
from plp.places.coverage_text import DescribedPart, street_part_text
from plp.places.models import Street
from plp.places.queries.target_areas import targeted_doors
from plp.places.rules.target_areas import FEWEST_DOORS, FIRMS, RESIDENTS, TargetArea, TargetedDoors, target_area_from
from plp.toolbox.words import join_with_semicolons


def target_area_of_notice(notice: Notice) -> TargetArea | None:
    """The part of the quarter it is meant for; ``None`` for everybody."""
    return target_area_from(notice.target_area) if notice.target_area else None


def doors_in_target_of_notice(notice: Notice) -> TargetedDoors | None:
    """What that comes to in the quarter now; ``None`` for the whole of it."""
    area = target_area_of_notice(notice)
    return targeted_doors(notice.partnership.area, area) if area and area.is_part else None


def is_for_firms_alone_or_none_if_both(notice: Notice) -> bool | None:
    """Whether it is meant for those of firms alone (true) or for the others alone (false); ``None`` for both."""
    area = target_area_of_notice(notice)
    return area.members == FIRMS if area and area.members else None


def count_doors_homes_or_firms(notice: Notice, doors: TargetedDoors | None) -> int:
    """How many doors these are: those of the register, or where it knows too few, those behind which members live.

    Of what goes to firms alone, or to residents alone, the register tells nothing: firms, or homes of members, count.
    """
    has_firm = is_for_firms_alone_or_none_if_both(notice)
    if doors is not None and has_firm is None and doors.registered >= FEWEST_DOORS:
        return doors.registered
    active = Membership.objects.filter(partnership=notice.partnership, state=Belonging.ACTIVE)
    if doors is not None:
        active = active.filter(person__in=Person.objects.filter(lives_behind_doors_condition(doors)))
    if has_firm is not None:
        return (
            active.filter(firm__isnull=not has_firm)
            .values("firm" if has_firm else "person__household")
            .distinct()
            .count()
        )
    homes = active.values("person__household").distinct().count()
    return max(doors.registered, homes) if doors is not None else homes


def target_in_words(area: TargetArea) -> str:
    """``Rue Haute / Hoogstraat (even numbers); Rue du Moulin``, ``firms alone; Rue Haute 12 and 200 metres around``."""
    members = {FIRMS: _("firms alone"), RESIDENTS: _("residents alone")}.get(area.members, "")
    place = _place_in_words(area) if area.is_part else ""
    return join_with_semicolons((words for words in (members, place) if words), get_language())


def _place_in_words(area: TargetArea) -> str:
    streets = Street.objects.in_bulk(sorted(area.streets))
    around = area.around
    if around is None:
        parts = [DescribedPart(streets[key], (part,)) for key, part in area.parts if key in streets]
        return join_with_semicolons((street_part_text(part) for part in parts), get_language())
    names = {key: street.names for key, street in streets.items()}
    place = f"{names.get(around.street, '')} {around.number}".strip()
    if around.crossing:
        crossing = {"first": place, "other": names.get(around.crossing, "")}
        place = _("crossing of %(first)s and %(other)s") % crossing
    return _("%(place)s and %(metres)d metres around") % {"metres": around.metres, "place": place}
