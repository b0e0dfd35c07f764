"""How heavy a finding weighs for a kind of message, and who may override it: data, from R71–R74, R89 and R125."""

from plp.wording.findings import Override, Severity

KINDS = (
    "alarm", "feedback", "advice", "infoflash", "information_request", "missing_person", "calamity", "supralocal",
    "newsletter", "coordinator_note",
)  # fmt: skip

# An official notice names and describes the missing person (R125): the police see a warning, the message may leave.
SOFTENED = {"missing_person": frozenset({"names_person", "photo", "sensitive_data"})}

# Nobody may send out wording by origin, colour, religion or travelling life (R74). The rest is for the police alone,
# with a reason that is noted (R73); the coordinator never overrides.
NO_OVERRIDE = frozenset({"ethnic_profiling"})


def severity(rule: str, kind: str, *, doubtful: bool) -> Severity:
    """``hold`` unless the finding is doubtful or the kind of message allows it with a warning."""
    return "warn" if doubtful or rule in SOFTENED.get(kind, frozenset()) else "hold"


def override(rule: str) -> Override:
    """Who may send the message all the same: ``police``, with a reason, or ``none``."""
    return "none" if rule in NO_OVERRIDE else "police"
