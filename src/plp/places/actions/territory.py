"""The country, its police zones and its municipalities as areas."""

from datetime import datetime

from django.db import models, transaction

from plp.journal.actions import note
from plp.places import gazetteer
from plp.places.models import Area

COUNTRY = "be/"
COLUMNS = ("name_fr", "name_nl", "name_de", "nis", "outline")


def _unsaved_shipped_areas() -> list[Area]:
    """Every area that ships with the product, the country first."""
    outlines = gazetteer.municipality_outlines()
    country = Area(kind=Area.Kind.COUNTRY, path=COUNTRY, name_fr="Belgique", name_nl="België", name_de="Belgien")
    zones = [
        Area(kind=Area.Kind.ZONE, path=f"{COUNTRY}{zone.key}/", **_name_fields(zone.names))
        for zone in gazetteer.police_zones_by_key().values()
    ]
    municipalities = [
        Area(
            kind=Area.Kind.MUNICIPALITY,
            path=f"{COUNTRY}{place.zone}/m{place.nis}/",
            nis=place.nis,
            outline=outlines[place.nis],
            **_name_fields(place.names),
        )
        for place in gazetteer.municipalities_by_nis().values()
    ]
    return [country, *zones, *municipalities]


def _name_fields(names: object) -> dict[str, str]:
    return {f"name_{language}": name for language, name in dict(names).items()}  # type: ignore[call-overload]


@transaction.atomic
def create_and_correct_territory(*, by: models.Model | None, at: datetime) -> dict[str, int]:
    """Create the country, 176 zones and 565 municipalities where they are missing, and correct names and outlines.

    Answers ``{"areas", "created", "updated", "unchanged"}``. A second call changes nothing.
    """
    wanted = _unsaved_shipped_areas()
    existing = {area.path: area for area in Area.objects.exclude(kind=Area.Kind.QUARTER)}
    created = [area for area in wanted if area.path not in existing]
    updated = []
    for area in wanted:
        old = existing.get(area.path)
        if old and any(getattr(old, column) != getattr(area, column) for column in COLUMNS):
            area.pk = old.pk
            updated.append(area)
    Area.objects.bulk_create(created, batch_size=500)
    Area.objects.bulk_update(updated, COLUMNS, batch_size=100)
    counts = {
        "areas": len(wanted),
        "created": len(created),
        "updated": len(updated),
        "unchanged": len(wanted) - len(created) - len(updated),
    }
    if created or updated:
        note(verb="places.territory_loaded", by=by, at=at, created=len(created), updated=len(updated))
    return counts
