"""How long what is kept and by which article, in words."""

import re
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.protection.retention import Rule

YEAR = 365


def span_text(duration: timedelta) -> str:
    """``3 years``, ``30 days``."""
    days = duration.days
    if days % YEAR == 0:
        return ngettext("%d year", "%d years", days // YEAR) % (days // YEAR)
    return ngettext("%d day", "%d days", days) % days


def period_text(rule: Rule) -> str:
    """``30 days after they left``; without a term what the rule says instead."""
    return (
        _("%(span)s %(since)s") % {"span": span_text(rule.kept), "since": rule.since} if rule.kept else str(rule.since)
    )


def ground_text(rule: Rule) -> str:
    """The article of the law behind a term; without one of its own that of storage limitation. On one line."""
    article = re.search(r"GDPR (\S+)", rule.source)
    label = _("GDPR, art. %s") % (article[1] if article else "5(1)(e)")
    return label.replace(" ", "\u00a0")
