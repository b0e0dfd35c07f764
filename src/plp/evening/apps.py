"""The Django app of this room."""

from django.apps import AppConfig


class EveningConfig(AppConfig):
    """Room ``evening``."""

    name = "plp.evening"
