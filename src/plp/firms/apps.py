"""The Django app of this room."""

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    """Room ``firms``."""

    name = "plp.firms"
