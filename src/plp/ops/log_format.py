"""How a line of the log is written: plain, with the priority that the journal of the system reads, or as JSON.

Neither holds the words of an exception: they may quote what somebody typed. Its kind and its place are enough to
find it.
"""

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime

LEVELS = ("debug", "info", "warning", "error")
PRIORITIES = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}  # syslog


class PlainFormatter(logging.Formatter):
    """``plp worker 4711: words``, behind ``<4>`` where standard error leads to the journal of systemd."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        command = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].isalpha() else ""
        words = " ".join(
            filter(
                None, ("plp", command, f"{record.process}: {record.getMessage()}", _exception_kind_and_place(record))
            )
        )
        return f"<{PRIORITIES.get(record.levelno, 6)}>{words}" if "JOURNAL_STREAM" in os.environ else words


class JsonFormatter(logging.Formatter):
    """An object a line: ``time`` (UTC), ``level``, ``logger``, ``process``, ``message``, and ``failure`` if any."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        failure = _exception_kind_and_place(record)
        return json.dumps(line | ({"failure": failure} if failure else {}), ensure_ascii=False)


def _exception_kind_and_place(record: logging.LogRecord) -> str:
    """The kind and the place of the exception behind a record, such as ``(KeyError in views.py:12)``."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    kind, _words, frames = record.exc_info
    places = traceback.extract_tb(frames)
    place = f" in {os.path.basename(places[-1].filename)}:{places[-1].lineno}" if places else ""
    return f"({kind.__name__}{place})"


def logging_configuration(form: str, level: str) -> dict[str, object]:
    """The setting ``LOGGING``: everything to standard error as ``form`` (``plain`` or ``json``), ours from
    ``level`` on, libraries from warnings on.

    What Django itself logs of a request holds its address, and an address may hold a key: it is told nowhere (T20).
    """
    formatter = JsonFormatter if form == "json" else PlainFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "ERROR" if level == "error" else "WARNING"},
        "loggers": {
            "plp": {"level": level.upper()},
            "django": {"handlers": ["nowhere"], "level": "ERROR", "propagate": False},
        },
    }
