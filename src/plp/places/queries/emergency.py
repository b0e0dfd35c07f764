"""The numbers to phone in an area: its own, else those of what contains it, else those of the country (R124)."""

from plp.places.models import Area, EmergencyNumbers
from plp.places.rules.emergency import Numbers


def numbers_in(area: Area, language: str) -> Numbers:
    """Whom to phone in ``area``, the station in ``language`` where it has one for it: one query.

    A quarter over two municipalities has the numbers of its zone.
    """
    around = EmergencyNumbers.objects.filter(area__in=Area.objects.around(area.path))
    nearest = around.order_by("-area__path").first()
    if nearest is None:
        return Numbers()
    desk = nearest.desk.get(language) or next(iter(nearest.desk.values()), "")
    return Numbers(nearest.police, nearest.help, desk)


def own_numbers(area: Area) -> EmergencyNumbers | None:
    """What was set for exactly this area."""
    return EmergencyNumbers.objects.filter(area=area).first()
