"""The Django app of this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Room ``exchange``."""

    name = "plp.exchange"
