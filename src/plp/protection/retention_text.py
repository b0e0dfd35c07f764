"""How long what is kept and by which article, in words."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.people.retention_terms import shortest_terms_by_kind
from plp.protection.retention import RULES, Rule

YEAR = 365


def term_text(duration: timedelta) -> str:
    """``3 years``, ``30 days``."""
    days = duration.days
    if days % YEAR == 0:
        return ngettext("%d year", "%d years", days // YEAR) % (days // YEAR)
    return ngettext("%d day", "%d days", days) % days


def effective_term(rule: Rule, terms: Mapping[str, timedelta]) -> timedelta | None:
    """How long it is kept where zones chose ``terms`` (``people.retention_terms.shortest_terms_by_kind``)."""
    return min(rule.kept, terms.get(rule.key, rule.kept)) if rule.kept else None


def period_text(rule: Rule, terms: Mapping[str, timedelta]) -> str:
    """``30 days after they left``; without a term what the rule says instead."""
    kept = effective_term(rule, terms)
    return _("%(span)s %(since)s") % {"span": term_text(kept), "since": rule.since} if kept else str(rule.since)


def retention_period_text(key: str) -> str:
    """How long one kind of data is kept here and now: ``30 days``. One query."""
    return privacy_notice_values(shortest_terms_by_kind())[f"kept_{key}"]


def privacy_notice_values(terms: Mapping[str, timedelta]) -> dict[str, str]:
    """What fills the places of the privacy notice: each kind of data with its term, ``kept_members``: ``30 days``."""
    spans = {rule.key: effective_term(rule, terms) for rule in RULES}
    return {f"kept_{key}": term_text(kept) for key, kept in spans.items() if kept}


def legal_basis_text(rule: Rule) -> str:
    """The article of the law behind a term; without one of its own that of storage limitation. On one line."""
    article = re.search(r"GDPR ([^\s,]+)", rule.source)
    label = _("GDPR, art. %s") % (article[1] if article else "5(1)(e)")
    return label.replace(" ", "\u00a0")
