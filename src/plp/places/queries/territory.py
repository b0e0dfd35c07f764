"""Which zone and municipality."""

from plp.places.gazetteer import current_nis, municipalities
from plp.places.models import Area


def municipality_of(nis: str) -> Area:
    """The municipality with NIS code ``nis``, of today or ended by a merger. Raises ``Area.DoesNotExist``."""
    return Area.objects.get(kind=Area.Kind.MUNICIPALITY, nis=current_nis(nis))


def zone_of(nis: str) -> Area:
    """The police zone of the municipality ``nis``: by its code, never by a point on a map.

    Raises ``Area.DoesNotExist`` for a code that no municipality has or had.
    """
    municipality = municipalities().get(current_nis(nis))
    if municipality is None:
        raise Area.DoesNotExist
    return Area.objects.get(kind=Area.Kind.ZONE, path=f"be/{municipality.zone}/")
