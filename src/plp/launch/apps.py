"""The Django app of this room."""

from django.apps import AppConfig


class LaunchConfig(AppConfig):
    """Room ``launch``."""

    name = "plp.launch"
