"""The areas over which somebody holds something, as other queries filter by them."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.mandates.models import Mandate
from plp.places.models import Area


class Known(QuerySet[Area]):
    """Areas whose keys are known: a filter by them names the keys, and the database need not look for them again.

    What is made of it, by a further filter or an order, is a question like any other.
    """

    keys: list[UUID] | None = None

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What Django puts into a filter by these areas."""
        return super().resolve_expression(*args, **kwargs) if self.keys is None else self.keys


def over(mandates: Collection[Mandate]) -> QuerySet[Area]:
    """The areas of these mandates and everything in them. Nothing lies in a quarter."""
    areas = {one.area.path: one.area for one in mandates}
    inside = [Q(path__startswith=path) for path in sorted(areas)]
    found: Known = Known(Area).filter(reduce(or_, inside)) if inside else Known(Area).none()
    if all(area.kind == Area.Kind.QUARTER for area in areas.values()):
        found.keys = [area.pk for area in areas.values()]
    return found
