"""Every text that a database holds, sealed columns opened: to look for names that should not be there."""

from collections.abc import Iterator

from django.apps import apps

NOT_SEARCHED = ("places",)  # streets of the register, the same everywhere


def all_stored_texts() -> Iterator[str]:
    """Every cell of every table of ours as text."""
    for table in apps.get_models():
        if table.__module__.startswith("plp.") and table._meta.app_label not in NOT_SEARCHED:
            for row in table._default_manager.iterator():
                yield from (str(getattr(row, field.attname)) for field in table._meta.concrete_fields)
