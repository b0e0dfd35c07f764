"""The part of the quarter that a draft goes to: streets, sides and numbers, or what lies around a place."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.membership.firms import asks_for_firms
from plp.notices import refusals
from plp.notices.actions.gates import refuse_unknown_or_small_target, require_right_to_write_by_plan
from plp.notices.models import Notice
from plp.notices.states import State
from plp.people.models import Person
from plp.places.queries import streets_of
from plp.places.rules.target_areas import TargetArea, target_area_data
from plp.toolbox.moves import WrongState


@transaction.atomic
def set_target_area_of_draft(*, notice: Notice, area: TargetArea | None, by: Person, at: datetime) -> None:
    """Say which part of its quarter a draft goes to; ``None``: everybody.

    Raises ``WrongState`` once it is no draft, ``FollowsItsMessage`` for a correction or feedback, ``OneQuarterOnly``
    when it goes elsewhere, too, ``OutsideQuarter``, ``NoFirmsHere`` and ``TooFewDoors``.
    """
    require_right_to_write_by_plan(by, notice, at)
    if notice.corrects_id or notice.answers_id:
        raise refusals.FollowsItsMessage
    if area is not None and notice.forwardings.exists():
        raise refusals.OneQuarterOnly
    if area is not None and not area.streets <= set(streets_of(notice.partnership.area).values_list("pk", flat=True)):
        raise refusals.OutsideQuarter
    if area is not None and area.members and not asks_for_firms(notice.partnership):
        raise refusals.NoFirmsHere
    stored = target_area_data(area) if area else None
    if not Notice.objects.filter(pk=notice.pk, state=State.DRAFT).update(target_area=stored):
        raise WrongState
    notice.target_area = stored
    refuse_unknown_or_small_target(notice)
    note(verb="notice.target_chosen", by=by, at=at, area=notice.partnership.area.path, target=notice, part=bool(area))
