"""The Django app of this room."""

from django.apps import AppConfig
from django.core import checks


class DeliveryConfig(AppConfig):
    """Room ``delivery``."""

    name = "plp.delivery"

    def ready(self) -> None:
        """Register the check that channels are found."""
        from plp.delivery.installed import check_channels  # noqa: PLC0415  channels may need the registry ready

        checks.register(check_channels)
