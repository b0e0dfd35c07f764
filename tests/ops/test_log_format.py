"""Lines of the log: for people, for the journal of the system, for programs; and no words of an exception."""

import json
import logging
import logging.config
import sys

import pytest

from plp.ops.log_format import JsonFormatter, PlainFormatter, logging_configuration


def record(level: int, words: str, *arguments: object, fails: bool = False) -> logging.LogRecord:
    """A record, with the failure of a search for Jeanne if asked."""
    failure = None
    if fails:
        try:
            {}["jeanne@plp.test"]  # type: ignore[misc]
        except KeyError:
            failure = sys.exc_info()
    return logging.LogRecord("plp.delivery", level, "x.py", 1, words, arguments, failure)


def test_a_line_of_json() -> None:
    line = json.loads(JsonFormatter().format(record(logging.WARNING, "%d results\nare late", 3)))

    assert (line["level"], line["logger"], line["message"]) == ("warning", "plp.delivery", "3 results\nare late")
    assert line["time"].endswith("+00:00")
    assert "failure" not in line


@pytest.mark.parametrize("formatter", [JsonFormatter, PlainFormatter])
def test_a_failure_is_told_by_kind_and_place(formatter: type[logging.Formatter]) -> None:
    text = formatter().format(record(logging.ERROR, "a page failed", fails=True))

    assert "(KeyError in test_log_format.py:" in text
    assert "jeanne" not in text


@pytest.mark.parametrize(("stream", "begin"), [("8:123", "<3>plp "), ("", "plp ")])
def test_the_journal_of_the_system_is_told_the_priority(
    stream: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    if stream:
        monkeypatch.setenv("JOURNAL_STREAM", stream)

    assert PlainFormatter().format(record(logging.ERROR, "no")).startswith(begin)


def test_addresses_of_requests_are_told_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    root, kept = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    try:
        logging.config.dictConfig(logging_configuration("json", "warning"))
        logging.getLogger("django.request").error("Not Found: /k/secret/")
        logging.getLogger("plp.api").info("quiet")
        logging.getLogger("plp.api").warning("told")
    finally:
        root.handlers, level = kept
        root.setLevel(level)

    assert [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()] == ["told"]
