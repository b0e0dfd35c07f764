"""Figures for everybody, of the partnerships of zones that opened them: counts, no name, few persons hidden (T53)."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.core.cache import cache
from django.db.models import Q

from plp.evaluation.queries.zone import PartnershipFigures, zone_figures
from plp.launch.queries.facts import paths_of_zones_publishing_figures
from plp.partnership.queries import partnerships_not_ended
from plp.people.small_counts import is_small
from plp.toolbox.clock import local

KEPT = 3_600  # seconds: they are read by machines, and move slowly
MOST = 5_000

type OpenRow = dict[str, str | int | None]

# Column: what it holds. ``None`` in JSON, nothing in CSV: not known, or one to four persons.
COLUMNS = {
    "key": "key of the partnership, as in its public address",
    "name": "name of the quarter, in its first language",
    "kind": "plp, plp_i or sectoral",
    "state": "state of the partnership",
    "launched_on": "day of the launch",
    "members": "members",
    "messages_30_days": "messages relayed in the past thirty days",
    "relay_minutes": "median minutes until the coordinator passed a message on, past three months",
}


def public_figure_rows(at: datetime) -> list[OpenRow]:
    """A row for each launched partnership of the zones that opened theirs, at most an hour old; none where none did."""
    zones = paths_of_zones_publishing_figures()
    if not zones:
        return []
    name = f"open_figures.{','.join(zones)}"[:200]
    rows: list[OpenRow] | None = cache.get(name)
    if rows is None:
        within = reduce(or_, (Q(area__path__startswith=path) for path in zones))
        launched = partnerships_not_ended().filter(within, launched_at__isnull=False)[:MOST]
        keys = list(launched.values_list("pk", flat=True))
        partnerships = partnerships_not_ended().filter(pk__in=keys)
        rows = [_public_figure_row(row) for row in zone_figures(partnerships, at=at).rows]
        cache.set(name, rows, KEPT)
    return rows


def _public_figure_row(row: PartnershipFigures) -> OpenRow:
    partnership = row.partnership
    launched_at = partnership.launched_at
    return {
        "key": partnership.key,
        "name": partnership.name(next(iter(partnership.languages), "fr")),
        "kind": partnership.kind,
        "state": partnership.state,
        "launched_on": local(launched_at).date().isoformat() if launched_at else None,
        "members": None if is_small(row.members) else row.members,
        "messages_30_days": row.sent,
        "relay_minutes": row.relay[0] if row.relay else None,
    }
