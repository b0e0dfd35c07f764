"""The Django app of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Room ``notices``."""

    name = "plp.notices"

    def ready(self) -> None:
        """Listen to the keys that members press in calls."""
        from plp.delivery.actions.pressed_keys import add_key_listener  # noqa: PLC0415 - models need the registry ready
        from plp.notices.actions.pressed_keys import record_call_heard_and_open_help_call_if_asked  # noqa: PLC0415 - as above

        add_key_listener(record_call_heard_and_open_help_call_if_asked)
