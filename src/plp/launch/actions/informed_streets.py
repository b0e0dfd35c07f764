"""The whole area is informed, street by street (R16)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.launch.days import refuse_future_day_or_return_it
from plp.launch.models import Informing
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Street
from plp.places.queries import streets_of
from plp.toolbox.moves import Refused
from plp.toolbox.words import normalise_text

MOST_CARRIER = 120


class NoStreetChosen(Refused):
    """A letter, folder or notice reaches streets; only the press reaches none in particular."""

    sentence = _("Tick at least one street of the area.")


@transaction.atomic
def mark_streets_informed(
    *,
    partnership: Partnership,
    means: str,
    streets: Sequence[Street],
    informed_on: date,
    carrier: str,
    by: Person | None,
    at: datetime,
) -> int:
    """Tick streets as informed by one means; a second tick of the same means replaces the first.

    ``carrier`` says who went round, or for the press the title. Answers how many were ticked. Raises ``NotAllowed``,
    ``NoStreetChosen``, ``FutureDay`` or ``BadWords``.
    """
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_gate(partnership, Gate.INFORMING, by=by, at=at)
    how = Informing.Means(means)
    is_press = how == Informing.Means.PRESS
    streets_of_area = set(streets_of(partnership.area).values_list("pk", flat=True))
    chosen: list[Street | None] = (
        [None] if is_press else [candidate for candidate in streets if candidate.pk in streets_of_area]
    )
    if not chosen:
        raise NoStreetChosen
    who = normalise_text(carrier, most=MOST_CARRIER, empty=not is_press)
    day = refuse_future_day_or_return_it(informed_on, "informed_on", at=at)
    if not is_press:
        Informing.objects.filter(partnership=partnership, means=how, street__in=chosen).delete()
    rows = [
        Informing(partnership=partnership, street=street, means=how, informed_on=day, carrier=who, by=by, at=at)
        for street in chosen
    ]
    Informing.objects.bulk_create(rows)
    note(verb="area.informed", by=by, at=at, area=partnership.area.path, means=str(how), streets=len(rows))
    return len(rows)


@transaction.atomic
def delete_street_tick(*, informing: Informing, by: Person | None, at: datetime) -> None:
    """Take back a tick that was a mistake. Raises ``NotAllowed``."""
    area = informing.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    note(verb="area.informed_undone", by=by, at=at, area=area.path, target=informing, means=informing.means)
    informing.delete()
