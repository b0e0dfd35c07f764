"""What somebody writes to others outside a message passes the check all the same (R71-R74, R122)."""

import re
from collections.abc import Mapping, Set

from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused
from plp.wording.check import check
from plp.wording.lexicon import RULES

ALL_RULES = frozenset(RULES)
PUBLIC_RULES = frozenset({"asserts_guilt", "confront_search", "ethnic_profiling", "number_plate", "patrol_call"})
ANSWER_RULES = PUBLIC_RULES | {"member_data", "names_person", "reveals_reporter", "sensitive_data"}
CALLS = frozenset({"confront_search", "patrol_call"})
REFUSED = re.compile(  # behind "may we patrol?", on the same line: a question and its no, or that it was refused
    r"\?.*\b(?:non|neen|nee|nein|no)\b"
    r"|\b(?:refuse|refusée?s?|rejetée?s?|geweigerd|afgewezen|verboden|abgelehnt|verboten|refused|rejected)\b",
    re.IGNORECASE,
)
NAMESAKE = re.compile(  # halls, streets, regions, people
    r"polak\w*|roma|zigeuner(?:stra|weg|platz|plein|laan)\w*|dagobert|burkard|orientale", re.IGNORECASE
)


class HeldWords(Refused):
    """The message check holds the words."""

    sentence = _("The message check stops these words: “%(words)s”. Change them, then send again.")


def require_text_passes_check(
    text: str,
    *,
    language: str,
    kind: str = "coordinator_note",
    rules: Set[str] = ALL_RULES,
    accepted: str = "",
    is_name: bool = False,
) -> None:
    """Raise ``HeldWords`` with the first excerpt that one of the ``rules`` holds and that is not in ``accepted``.

    ``PUBLIC_RULES`` are for papers, public pages and answers of the police, where a name, a house or a number may
    stand; ``ANSWER_RULES`` for what a coordinator answers to one member, who may be told where to go and whom to call.
    Lines of ``accepted`` are not read again. ``is_name``: of a person, a hall, a street, which may sound as an origin
    does (Théâtre De Roma). Outside messages a call that was asked for and refused passes ("May we patrol? No.").
    Raises ``ValueError`` as ``check`` does.
    """
    ready = frozenset(accepted.splitlines())
    new = "\n".join(line for line in text.splitlines() if line not in ready)
    for finding in check(new, language=language, kind=kind).findings:
        if rules < ALL_RULES and finding.rule in CALLS and REFUSED.search(new[finding.end :].partition("\n")[0]):
            continue
        if is_name and finding.rule == "ethnic_profiling" and NAMESAKE.fullmatch(finding.excerpt):
            continue
        if finding.severity == "hold" and finding.rule in rules and finding.excerpt not in accepted:
            raise HeldWords(words=finding.excerpt)


def require_translations_pass_check(texts: Mapping[str, str]) -> None:
    """Raise ``HeldWords`` where a text of everybody's, by language, holds what ``PUBLIC_RULES`` hold."""
    for language, text in texts.items():
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)
