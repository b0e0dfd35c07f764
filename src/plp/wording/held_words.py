"""What somebody writes to others outside a message passes the check all the same (R71-R74, R122)."""

import re
from collections.abc import Mapping, Sequence, Set

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused
from plp.wording.check import check, rule_reason
from plp.wording.findings import Finding
from plp.wording.lexicon import RULES

ALL_RULES = frozenset(RULES)
PUBLIC_RULES = frozenset(
    {"asserts_guilt", "confront_search", "ethnic_profiling", "number_plate", "patrol_call", "sensitive_data"}
)
ANSWER_RULES = PUBLIC_RULES | {"member_data", "names_person", "reveals_reporter"}
CALLS = frozenset({"confront_search", "patrol_call"})
ASKED = re.compile(  # somebody asks, before or in the call
    r"\b(?:demand\w+|propos\w+|question|pouvons|peut|puis|pourr\w+|faut|vra(?:ag|agt|gen)|voorstel\w*|mogen|mag|kunnen"
    r"|frag(?:e|en|t)|antrag|vorschlag\w*|dürfen|darf|können|ask(?:s|ed)?|may|can|could|request\w*|proposal)\b",
    re.IGNORECASE,
)
ANSWERED_NO = re.compile(  # behind the question: its no, which ends the sentence
    r"[^.!?]*\?\W*(?:(?:la police|de politie|die polizei|the police) )?"
    r"(?:non|neen|nee|nein|no|refuses?|weigert)\s*(?:[.!;]|$)",
    re.IGNORECASE | re.MULTILINE,
)
REQUEST = re.compile(  # what may be refused, before the call
    r"\b(?:demande|proposition|vraag|voorstel|anfrage|antrag|vorschlag|request|proposal)\b", re.IGNORECASE
)
REFUSED = re.compile(  # behind the call, in one breath: that the request was refused
    r"[^.!?,:;]*\b(?:refusée?s?|rejetée?s?|geweigerd|afgewezen|abgelehnt|refused|rejected)\s*(?:[.!;]|$)",
    re.IGNORECASE | re.MULTILINE,
)
DESPITE = re.compile(
    r"\b(?:même si|malgré|quand même|tout de même|néanmoins|ook al|toch|desondanks|niettemin|auch wenn|trotzdem|dennoch"
    r"|even if|anyway|regardless|nonetheless|all the same)\b",
    re.IGNORECASE,
)
LETTERS_TO_ALL = re.compile(  # letters for whoever was not there, put into every box: nobody's absence
    r"(?<=\b(?:aux|les) )absents(?= [a-zà-ÿ ]{0,20}\b(?:toutes les (?:boîtes|portes)|porte à porte))"
    r"|(?<=\bde )afwezigen(?= [a-zà-ÿ ]{0,20}\b(?:alle (?:brievenbussen|bussen|deuren)|deur tot deur|huis aan huis))"
    r"|(?<=\bdie )Abwesenden(?= [a-zà-ÿ ]{0,20}\b(?:alle (?:Briefkästen|Türen)|Tür zu Tür|Haus zu Haus))"
    r"|(?<=\bthe )absent(?= [a-zà-ÿ ]{0,20}\b(?:all letter ?boxes|every letter ?box|all doors|door to door))"
)
NAMESAKE = re.compile(  # halls, streets, regions, people
    r"polak(?!s\b|ken\b|en\b)\w*|roma|zigeuner(?:stra|weg|platz|plein|laan)\w*|dagobert|burkard|orientale",
    re.IGNORECASE,
)
REST_OF_NAME = re.compile(r"\s*(?:$|[,;.()/\d–-]|[^\W\d_a-zà-ÿ])")  # behind it no word in small letters


class HeldWords(Refused):
    """The message check holds the ``words`` by a ``rule``, whose reason is said in the reader's language."""

    sentence = _("The message check stops these words: “%(words)s”. %(reason)s Change them, then send again.")

    def in_words(self) -> str:
        """With the reason of the rule."""
        reason = rule_reason(self.details["rule"], get_language() or "en")
        return str(self.sentence) % {"words": self.details["words"], "reason": reason}


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
    does (Théâtre De Roma). Who is away, by name, stands nowhere; letters "to the absent" in every box name nobody away.
    Outside messages a call that was asked for and refused passes ("May we patrol? No."). Raises ``ValueError`` as
    ``check`` does.
    """
    ready = frozenset(accepted.splitlines())
    new = "\n".join(line for line in text.splitlines() if line not in ready)
    new = LETTERS_TO_ALL.sub("…", new)
    findings = check(new, language=language, kind=kind).findings
    for finding in findings:
        before, after = new[: finding.end].rpartition("\n")[2], new[finding.end :].partition("\n")[0]
        if rules < ALL_RULES and finding.rule in CALLS and _is_call_to_act_refused(before, after):
            continue
        if is_name and finding.rule == "ethnic_profiling" and _is_ethnic_word_within_name(finding.excerpt, after):
            continue
        is_held = finding.rule in rules or _tells_absence_of_named_person(finding, findings)
        if finding.severity == "hold" and is_held and finding.excerpt not in accepted:
            raise HeldWords(words=finding.excerpt, rule=finding.rule)


def _is_call_to_act_refused(before: str, after: str) -> bool:
    is_answered_no = ASKED.search(before) and ANSWERED_NO.match(after)
    is_request_refused = REQUEST.search(before) and REFUSED.match(after)
    return bool(is_answered_no or is_request_refused) and not DESPITE.search(before + after)


def _tells_absence_of_named_person(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether it tells that somebody by name is away, a member or elsewhere: that stands nowhere, list or paper."""
    names = [other for other in findings if other.rule == "names_person"]
    is_of_name = any(name.start < finding.end and finding.start < name.end for name in names)
    return finding.rule == "member_data" and is_of_name


def _is_ethnic_word_within_name(excerpt: str, after: str) -> bool:
    return bool(NAMESAKE.fullmatch(excerpt) and REST_OF_NAME.match(after)) and "!" not in after


def require_translations_pass_check(texts: Mapping[str, str]) -> None:
    """Raise ``HeldWords`` where a text of everybody's, by language, holds what ``PUBLIC_RULES`` hold."""
    for language, text in texts.items():
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)
