"""Messages of the cast that wait for the coordinator."""

from plp.notices.models import Notice
from tests.factories.cast import Cast
from tests.factories.notices import drafted_notice, submit_and_release
from tests.portal.signing import AT

CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."


def released(cast: Cast, kind: str = "alarm") -> Notice:
    """A message of the police, an alarm unless told otherwise, released by the second officer."""
    return submit_and_release(drafted_notice(cast, {"fr": ("Vol par ruse", CORE)}, kind=kind, at=AT), cast, at=AT)
