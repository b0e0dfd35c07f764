"""The Django app of this room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Room ``journal``."""

    name = "plp.journal"
