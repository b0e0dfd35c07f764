"""The numbers to phone in an area: its own, else those of what contains it, else those of the country (R124)."""

from plp.places.models import Area, EmergencyNumbers
from plp.places.rules.emergency import HelpNumbers
from plp.toolbox.texts import LANGUAGES


def help_numbers_in(area: Area, language: str) -> HelpNumbers:
    """Whom to phone in ``area``, the station in ``language`` where it has one for it: one query.

    A quarter over two municipalities has the numbers of its zone. Without a station in ``language``, that of the first
    language that has one, for a database keeps the order of no JSON object.
    """
    around = EmergencyNumbers.objects.filter(area__in=Area.objects.containing(area.path))
    nearest = around.order_by("-area__path").first()
    if nearest is None:
        return HelpNumbers()
    desk = next(filter(None, map(nearest.desk.get, (language, *LANGUAGES))), "")
    return HelpNumbers(nearest.police, nearest.help, desk)


def own_help_numbers(area: Area) -> EmergencyNumbers | None:
    """What was set for exactly this area."""
    return EmergencyNumbers.objects.filter(area=area).first()
