"""The Django app of this room."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Room ``drafts``."""

    name = "plp.drafts"
