"""Everything that a room and the journal hold, to be compared before and after an act that is refused."""

from collections.abc import Callable, Sequence

import pytest
from django.apps import apps

from plp.journal.models import Entry


def rows_of(*rooms: str) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of ``rooms``, and of the journal."""
    tables = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in [*tables, Entry]}


def leaves_all(act: Callable[[], object], refusal: type[Exception], *, rooms: Sequence[str]) -> bool:
    """Whether ``act`` leaves every row of ``rooms`` as it was; it must raise ``refusal``."""
    before = rows_of(*rooms)
    with pytest.raises(refusal):
        act()
    return rows_of(*rooms) == before
