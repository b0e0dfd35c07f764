"""Why a mail was not taken: from code, enhanced status (RFC 3463) and words of a server to one of our reasons.

The status speaks first where it says something. Words decide where there is none, and whether it is us whom the server
does not want: then no mailbox is to blame.
"""

import re
from typing import NamedTuple

from plp.delivery.channel import MAILBOX_FULL, MAILBOX_GONE, MAILBOX_UNREACHABLE

SPAM = "refused-as-spam"
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
ANYWHERE = re.compile(
    r"https?://\S+|<[^<>\s]*>|(?<![\w.])(?=[\d._-]*[a-z])[\w-]+(\.[\w-]+)+", re.IGNORECASE
)  # names in which any word may stand
NOBODY = {*((1, detail) for detail in (1, 2, 3, 6, 10)), (2, 1), (4, 4), (4, 310)}  # no such mailbox, or no such domain
FULL = {(2, 2), (2, 122)}
SECURITY_SUBJECT = {7}  # security and policy
ROUTE = {4}  # network and routing


def _pattern_of_any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


BLOCKED = _pattern_of_any(r"spamhaus", r"blocked using", r"black.?listed", r"\blisted (in|on|at|by)\b")
UNWANTED = _pattern_of_any(
    r"spam|unsolicited|black.?list|block.?list|blocked|\blisted\b|\brbl\b|dnsbl|reputation|\bbulk\b|\bvirus|\bmalware",
    r"content (was )?reject|(due to|because of|for|by) (\w+ )?polic|policy (reason|violation)|prohibit|forbidden",
    r"\bdmarc\b|\bdkim\b|\bspf\b|unauthenticated|authentication (is )?required|not authori[sz]ed|not permitted",
    r"client host|(your|sending) (ip|server|host|network)|sender (verif|address|domain)|relay(ing)?\b",
    r"reverse dns|\bptr\b|\bhelo\b|gr[ea]ylist|rate limit|too many",
)
OVER = _pattern_of_any(
    r"quota|(mailbox|inbox|account|box)( \S+)? (is |was )?(currently )?(over |too )?full",
    r"storage (limit|space)|exceeded (its|the) storage",
)
UNKNOWN = _pattern_of_any(
    r"(user|recipient|mailbox|address|account|alias|person|domain|host)( \S+)?( is| was| has been)? ?"
    r"(unknown|not (known|found|exist|valid|listed|active|hosted)|does ?n[o']t exist|do not exist|unavailable|disabled"
    r"|inactive|deactivated|suspended|closed|deleted|discontinued|no longer (exists|valid|in use|available|active))",
    r"(unknown|invalid|no such|nonexist\w+|non-exist\w+|unrouteable|undeliverable) "
    r"(\w+ )?(user|recipient|mailbox|address|account|local|alias|person|domain|host)",
    r"no (mailbox|account|user|such)\b|not a (known|valid)|not our customer|(does ?n[o']t) have an? \S+ account",
    r"name or service not known|host or domain name not found|no mx",
)
EXPIRED = _pattern_of_any(
    r"time.?out|timed out|expired|too old|retry time|could not be delivered for",
    r"cannot connect|connection (refused|lost)",
)


class SmtpRefusal(NamedTuple):
    """What a server said: its words without names, the answer to the recipient (0: not known), subject and detail of
    its status (0, 0: it gave none), and whether it is for good.
    """

    words: str
    code: int
    status: tuple[int, int]
    is_final: bool


def _is_mailbox_unknown(refusal: SmtpRefusal) -> bool:
    if refusal.status == (4, 1):  # how Exchange Online says that it does not know somebody
        return "recipient address rejected" in refusal.words.lower()
    return refusal.is_final and refusal.status in NOBODY and not BLOCKED.search(refusal.words)


def _is_mailbox_unknown_by_reply(refusal: SmtpRefusal) -> bool:
    return refusal.is_final and refusal.status[0] in {0, 1, 2} and bool(UNKNOWN.search(refusal.words))


def _is_unreachable(refusal: SmtpRefusal) -> bool:
    return refusal.status[0] in ROUTE or not refusal.is_final or bool(EXPIRED.search(refusal.words))


def _is_sender_refused(refusal: SmtpRefusal) -> bool:
    return refusal.code in {550, 551, 553} and refusal.status[0] in {0, 1, 2}


RULES = (  # the first that holds
    (_is_mailbox_unknown, MAILBOX_GONE),
    (lambda refusal: refusal.status in FULL, MAILBOX_FULL),
    (lambda refusal: refusal.status[0] in SECURITY_SUBJECT or bool(UNWANTED.search(refusal.words)), SPAM),
    (lambda refusal: bool(OVER.search(refusal.words)), MAILBOX_FULL),
    (_is_mailbox_unknown_by_reply, MAILBOX_GONE),
    (_is_unreachable, MAILBOX_UNREACHABLE),
    (_is_sender_refused, MAILBOX_GONE),
)


def refusal_reason(reply: str, *, code: int = 0, status: str = "") -> str:
    """Why a copy was refused for good, as a stored reason; empty where nothing says so.

    ``reply`` is what the server said, ``code`` what it answered to the recipient (0: not known), ``status`` its
    enhanced status such as ``5.1.1`` (empty: looked for in the reply).
    """
    reply = ANYWHERE.sub("~", reply)
    enhanced_status = STATUS.search(status) or STATUS.search(reply)
    kind, detail = (int(enhanced_status[2]), int(enhanced_status[3])) if enhanced_status else (0, 0)
    refusal = SmtpRefusal(reply, code, (kind, detail), enhanced_status is None or enhanced_status[1] != "4")
    return next((reason for holds, reason in RULES if holds(refusal)), "")
