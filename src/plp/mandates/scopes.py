"""The areas over which somebody holds something, as other queries filter by them."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.mandates.models import Mandate
from plp.places.models import Area


class AreaScope(QuerySet[Area]):
    """Areas whose keys may be known: a filter by them then names them, and the database need not look for them again.

    What is made of it, by a further filter or an order, is a question like any other.
    """

    keys: Sequence[UUID] | None = None

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What stands in a filter by these areas (Django's API of expressions)."""
        return super().resolve_expression(*args, **kwargs) if self.keys is None else self.keys


def area_scope_of_mandates(mandates: Collection[Mandate]) -> AreaScope:
    """The areas of these mandates and everything in them. Nothing lies in a quarter."""
    areas = {mandate.area.path: mandate.area for mandate in mandates}
    if not areas:
        return AreaScope(Area).none()
    scope: AreaScope = AreaScope(Area).filter(reduce(or_, (Q(path__startswith=path) for path in sorted(areas)), Q()))
    if all(area.kind == Area.Kind.QUARTER for area in areas.values()):
        scope.keys = [area.pk for area in areas.values()]
    return scope
