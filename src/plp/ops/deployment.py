"""Whether a public installation is fit to be one."""

from django.core import checks


def amiss_in_public() -> list[checks.CheckMessage]:
    """What Django's own list for a public installation finds, but for what the settings pass over on purpose."""
    found = checks.run_checks(include_deployment_checks=True)
    return [one for one in found if one.level >= checks.WARNING and not one.is_silenced()]
