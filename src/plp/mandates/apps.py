"""The Django app of this room."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Room ``mandates``."""

    name = "plp.mandates"
