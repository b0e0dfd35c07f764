"""The clock: read in portal, api and ops only; every action is told the time (``at``)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a Belgian clock."""
    return moment.astimezone(BRUSSELS)
