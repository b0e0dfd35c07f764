"""How heavy a finding weighs for a kind of message, and who may override it, by the rule files (R71–R74, R89)."""

from plp.wording.findings import Override, Severity
from plp.wording.lexicon import rule_file

KINDS = (
    "alarm", "feedback", "advice", "infoflash", "information_request", "missing_person", "calamity", "supralocal",
    "newsletter", "coordinator_note",
)  # fmt: skip


def severity_of_finding(rule: str, kind: str, *, doubtful: bool) -> Severity:
    """``hold`` unless the finding is doubtful or the kind of message allows it with a warning.

    An official notice names and describes the missing person (R125): the police see a warning, the message may leave.
    """
    return "warn" if doubtful or kind in rule_file(rule)["warned_in"] else "hold"


def who_may_override(rule: str) -> Override:
    """Who may send the message all the same: ``police``, with a reason that is noted (R73), or ``none`` (R74).

    A coordinator never overrides.
    """
    return "none" if rule_file(rule)["overridden_by"] == "nobody" else "police"
