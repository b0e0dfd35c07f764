"""The areas over which somebody holds something, as other queries filter by them."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.mandates.models import Mandate
from plp.places.models import Area


class Known(QuerySet[Area]):
    """Areas whose keys or paths are known: a filter by keys names them, and the database need not look for them again.

    What is made of it, by a further filter or an order, is a question like any other.
    """

    keys: Sequence[UUID] | None = None
    paths: Sequence[str] = ()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What Django puts into a filter by these areas."""
        return super().resolve_expression(*args, **kwargs) if self.keys is None else self.keys

    def parts(self) -> tuple[str, Sequence[UUID | str]]:
        """Keys or paths (``plp.toolbox.prepared``)."""
        return ("paths", self.paths) if self.keys is None else ("keys", self.keys)

    def made_of(self, values: Sequence[Any]) -> "Known":
        """Other areas, known in the same way."""
        if self.keys is None:
            return _below(values)
        found: Known = Known(Area).filter(pk__in=values)
        found.keys = values
        return found


def _below(paths: Sequence[str]) -> Known:
    found: Known = Known(Area).filter(reduce(or_, (Q(path__startswith=path) for path in paths), Q()))
    found.paths = paths
    return found


def over(mandates: Collection[Mandate]) -> Known:
    """The areas of these mandates and everything in them. Nothing lies in a quarter."""
    areas = {one.area.path: one.area for one in mandates}
    found = _below(sorted(areas)) if areas else Known(Area).none()
    if all(area.kind == Area.Kind.QUARTER for area in areas.values()):
        found.keys = [area.pk for area in areas.values()]
    return found
