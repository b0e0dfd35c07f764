"""From a street and a postcode to the municipality: several share some postcodes."""

from dataclasses import dataclass

from plp.places.gazetteer import current_nis, nis_codes_by_postcode
from plp.places.models import Area, Street
from plp.places.queries.streets import streets_by_name


@dataclass(frozen=True)
class Place:
    """Where something lies: the municipality, and the street where the register of that municipality is here."""

    municipality: Area
    street: Street | None


def possible_municipalities_of_street(street: str, postcode: str) -> list[Place]:
    """The municipalities in which a street of this postcode may lie: several share some postcodes.

    Empty when no municipality has the postcode, or when the registers of all that have it know no such street.
    """
    by_municipality = {named.nis: named for named in streets_by_name(street, postcode=postcode)[:10]}
    codes = set(by_municipality) or {
        nis for nis in nis_codes_by_postcode().get(postcode, ()) if not Street.objects.filter(nis=nis).exists()
    }
    areas = Area.objects.filter(kind=Area.Kind.MUNICIPALITY, nis__in={current_nis(nis) for nis in codes})
    streets = {current_nis(nis): named for nis, named in by_municipality.items()}
    return [Place(area, streets.get(area.nis)) for area in areas.order_by("path")]
