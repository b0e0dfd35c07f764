"""Everything that a room and the journal hold, to be compared before and after an act that is refused."""

from django.apps import apps

from plp.journal.models import Entry


def rows_of(*rooms: str) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of ``rooms``, and of the journal."""
    tables = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in [*tables, Entry]}
