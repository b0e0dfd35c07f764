"""Messages of the cast that wait for the coordinator."""

from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.factories.cast import Cast
from tests.portal.signing import AT

CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."


def released(cast: Cast, kind: str = "alarm") -> Notice:
    """A message of the police, an alarm unless told otherwise, released by the second officer."""
    who = {"by": cast.officer, "at": AT}
    notice = notices.create_draft(partnership=cast.here.partnership, kind=kind, reason="threat", **who)
    notices.set_notice_details(
        notice=notice,
        reason="threat",
        expires_at=None,
        official_reference="",
        keeps_secrecy=True,
        prosecutor_consulted_on=None,
        **who,
    )
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vol par ruse", core=CORE, more="", **who
    )
    notices.submit_notice(notice=notice, **who)
    notices.release_notice(notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT)
    return Notice.objects.get(pk=notice.pk)
