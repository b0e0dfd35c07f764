"""What a database can keep of a text: all but the sign NUL and the halves of signs that are no text alone.

PostgreSQL takes neither, SQLite takes NUL and then cuts there. A form tells it by its field, an address that holds one
does not exist, and it is taken out of what machines bring (mails, SMS). ``execute_storable`` is the last to
look, for all that passes by another way.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused

NUL = "\x00"
OTHERS = re.compile("[\x00\ud800-\udfff]")
IN_JSON = re.compile(  # as JSON writes NUL, and half of a sign without the other half
    r"(?<!\\)(?:\\\\)*(?:\\u0000|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F])"
)
UNTRANSLATABLE = {"22P05", "22021"}  # of PostgreSQL: a NUL in JSON, bytes that are no text


class NotStorable(Refused, SuspiciousOperation):
    """A text holds what no database can keep."""

    sentence = _("The text holds a sign that cannot be stored. Take it out, or type the text again.")


def strip_unstorable(text: str) -> str:
    """The text without what cannot be kept."""
    return OTHERS.sub("", text)


def execute_storable(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:  # the five that Django gives
    """Around each statement of a connection: raises ``NotStorable`` for a text that holds such a sign.

    PostgreSQL looks at every value itself, so there its refusal is put into our words. SQLite is asked by us.
    """
    if context["connection"].vendor == "sqlite" and params:
        for row in params if many else (params,):
            _refuse_unstorable_values(row.values() if isinstance(row, dict) else row)
    try:
        return execute(sql, params, many, context)
    except UnicodeEncodeError as wrong:
        raise NotStorable from wrong
    except DataError as wrong:
        if (
            "NUL" in str(wrong)
            or "surrogate" in str(wrong)
            or getattr(wrong.__cause__, "sqlstate", "") in UNTRANSLATABLE
        ):
            raise NotStorable from wrong
        raise


def _refuse_unstorable_values(values: Iterable[Any]) -> None:
    for value in values:
        if type(value) is str and (
            NUL in value or (value[:1] in '{["' and "\\u" in value and _is_json_with_unstorable_sign(value))
        ):
            raise NotStorable


def _is_json_with_unstorable_sign(value: str) -> bool:
    """Whether it is JSON that holds such a sign in JSON's way of writing it; words that look like it are not."""
    if not IN_JSON.search(value):
        return False
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def install_unstorable_guard(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Put the guard around a new connection (receiver of ``connection_created``)."""
    if execute_storable not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, execute_storable)
