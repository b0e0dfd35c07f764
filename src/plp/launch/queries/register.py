"""The entry of a partnership for the federal register (R150): names of places and counts, no member, no few (T53)."""

from datetime import datetime

from plp.launch.models import Recognition
from plp.launch.queries.facts import step_plan_definition_of
from plp.launch.queries.records import end_act_of
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.small_counts import is_small, mask_count
from plp.places.models import Area
from plp.places.queries import addresses_of, municipalities_of_quarter, streets_of
from plp.places.queries.territory import zone_path
from plp.toolbox.clock import local
from plp.toolbox.texts import OFFICIAL_LANGUAGES


def register_entry_as_flat_values(partnership: Partnership, *, at: datetime) -> dict[str, str | int]:
    """What the register asks, as flat keys and values; days as ISO dates, empty while not known."""
    area = partnership.area
    around = {area_around.kind: area_around for area_around in Area.objects.containing(area.path)}
    zone, municipalities = around.get(Area.Kind.ZONE), municipalities_of_quarter(area)
    file = Recognition.objects.filter(partnership=partnership).first()
    end = end_act_of(partnership)
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE).count()
    return {
        "key": partnership.key,
        "kind": partnership.kind,
        **{f"name_{language}": area.name(language) for language in OFFICIAL_LANGUAGES},
        "languages": ",".join(partnership.languages),
        "state": partnership.state,
        "police_zone": zone.name("fr") if zone else "",
        "police_zone_code": zone_path(area.path).split("/")[1],
        "municipality": " – ".join(area_around.name("fr") for area_around in municipalities),
        "municipality_nis": ",".join(area_around.nis for area_around in municipalities),
        "streets": streets_of(area).count(),
        "addresses": addresses_of(area).count(),
        "members": mask_count(members) if is_small(members) else members,
        "circular": step_plan_definition_of(partnership).circular.isoformat(),
        "founded_on": local(partnership.founded_at).date().isoformat(),
        "sent_on": _iso_day(file.sent_on if file else None),
        "recognised_on": _iso_day(file.validated_on if file else None),
        "reference": file.reference if file else "",
        "launched_on": _iso_day(local(partnership.launched_at).date() if partnership.launched_at else None),
        "ended_on": _iso_day(local(end.at).date() if end else None),
        "taken_on": local(at).date().isoformat(),
    }


def _iso_day(day: object) -> str:
    return str(day) if day else ""
