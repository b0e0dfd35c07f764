"""The Django app of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Room ``notices``."""

    name = "plp.notices"
