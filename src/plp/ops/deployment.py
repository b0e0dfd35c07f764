"""Whether a public installation is fit to be one."""

from django.core import checks


def deployment_warnings() -> list[checks.CheckMessage]:
    """What Django's own list for a public installation finds, but for what the settings pass over on purpose."""
    messages = checks.run_checks(include_deployment_checks=True)
    return [message for message in messages if message.level >= checks.WARNING and not message.is_silenced()]
