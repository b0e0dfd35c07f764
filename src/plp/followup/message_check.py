"""The message check, for words that leave this room."""

from plp.followup.refusals import HeldWords
from plp.wording.check import check


def require_text_passes_check(text: str, *, language: str) -> None:
    """Raise ``HeldWords`` with the first excerpt that the message check holds (R71-R74)."""
    for finding in check(text, language=language, kind="coordinator_note").findings:
        if finding.severity == "hold":
            raise HeldWords(words=finding.excerpt)
