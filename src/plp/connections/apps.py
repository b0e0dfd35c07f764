"""The Django app of this room."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Room ``connections``."""

    name = "plp.connections"
