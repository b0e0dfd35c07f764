"""Walks through everything as each identity and scans what comes back: pages, headers, files, errors, log lines."""

import io
import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from plp.ops.canary.building import MORE, STAFF
from plp.ops.canary.fields import field_names
from plp.ops.canary.tokens import Token
from plp.toolbox import clock
from proof.found import Ask, Figure, Found, progress
from proof.stand.addresses import Atlas
from proof.stand.browsers import IDENTITIES, Browser
from proof.stand.scanner import scan

FILE = Path(__file__).resolve().parents[1] / "exposure.json"  # who may see which field of whom: declared
NEAR = {0: "own", 1: "next door", 2: "elsewhere", 90: "own zone", 91: "another zone", 99: "country"}
Seen = tuple[str, str, str]  # identity, whose, field


class Watch:
    """Counts what was scanned, and keeps which identity saw which field of whom, with one place for each."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.seed, self.fields = seed["canary"], field_names()
        self.scanned: Counter[str] = Counter()
        self.seen: dict[Seen, str] = {}

    def read(self, browser: Browser, url: str, answer: HttpResponse) -> None:
        """One answer: headers and content."""
        heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        self.note(
            browser.name,
            url,
            scan(answer.getvalue(), self.seed) | scan(heads.encode(), self.seed),
            own_token(browser, self.seed),
        )
        self.scanned[answer.headers.get("Content-Type", "no content").partition(";")[0]] += 1

    def note(self, who: str, where: str, tokens: set[Token], own: Token | None = None) -> None:
        """Keep what somebody saw."""
        for token in tokens:
            is_self = own is not None and (token.plp, token.person) == (own.plp, own.person)
            whose = "self" if is_self else whose_is(token)
            self.seen.setdefault((who, whose, self.fields.get(token.field, str(token.field))), where)

    def foreign(self) -> dict[Seen, str]:
        """What was seen and is not declared."""
        rules = declared()
        return {
            (who, whose, field): where
            for (who, whose, field), where in self.seen.items()
            if not any(fnmatchcase(field, pattern) for pattern in rules.get(who, {}).get(whose, ()))
        }


def whose_is(token: Token) -> str:
    """Of which partnership or zone; whoever holds an office is named apart from members and neighbours."""
    near = NEAR.get(token.plp, str(token.plp))
    return f"office, {near}" if STAFF <= token.person < MORE else near


def own_token(browser: Browser, seed: str) -> Token | None:
    """The token of whoever looks."""
    from plp.people.models import Person  # noqa: PLC0415 - needs the settings

    if browser.who is None:
        return None
    if not hasattr(browser, "token"):
        name = Person.objects.get(pk=browser.who["person"]).name
        browser.token = next(iter(scan(name.encode(), seed)), None)  # type: ignore[attr-defined]
    found: Token | None = browser.token  # type: ignore[attr-defined]
    return found


def declared() -> dict[str, dict[str, list[str]]]:
    """Who may see which field of whom: identity -> whose -> fields, ``*`` for any."""
    kept: dict[str, dict[str, list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept


@contextmanager
def log_lines() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, at DEBUG, whatever the settings say."""
    lines, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(lines), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in ("django.db.backends", "django.template"):  # off unless DEBUG is on, which the settings never are
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def broken() -> Iterator[None]:
    """Every page breaks: the clock does."""
    kept = clock.now

    def fail() -> Any:
        raise RuntimeError("no clock")

    clock.now = fail  # type: ignore[assignment]
    try:
        yield
    finally:
        clock.now = kept


def look(ask: Ask, seed: Mapping[str, Any]) -> Found:
    """The half of the proof ``canaries`` that looks at pages and logs."""
    watch, atlas = Watch(seed), Atlas(seed)
    names = list(IDENTITIES) if ask.size != "trial" else ["anonymous", "member", "coordinator", "officer elsewhere"]
    with log_lines() as lines:
        for name in names:
            browser = Browser(name, seed)
            walked = atlas.walk(
                browser,
                most=ask.of(trial=12, quick=40, floor=1_500, full=8_000),
                each=ask.of(trial=1, quick=1, floor=20, full=100),
                papers=ask.is_long,
                read=watch.read,
            )
            progress(f"{name}: {walked} answers")
            with broken():
                for url in ("/", "/coordinator/members/", "/m/settings/"):
                    watch.read(browser, url, browser.client.get(url))
    watch.note("log", "log", scan(lines.getvalue().encode(), seed["canary"]))
    least = (20_000, 1_000_000) if ask.is_long else (None, None)
    return judged(watch, _outside(ask, seed, watch), len(lines.getvalue().splitlines()), least)


def _outside(ask: Ask, seed: Mapping[str, Any], watch: Watch) -> Counter[str]:
    """What leaves by another way than a page. A trial leaves the workers out: they take long."""
    from proof.stand.post import Post  # noqa: PLC0415 - stands on this module

    post = Post(seed, watch)
    post.steal()
    if ask.size != "trial":
        post.back_up()
        post.send()
    if ask.is_long:
        post.fail()
    return post.counts


def judged(watch: Watch, sent: Counter[str], lines: int, least: tuple[float | None, float | None]) -> Found:
    """The figures."""
    foreign = watch.foreign()
    for (who, whose, field), where in sorted(foreign.items())[:30]:
        progress(f"{who} sees {field} of {whose} at {where}")
    outputs = sum(watch.scanned.values()) + sent["mails"] + sent["SMS"]
    figures = (
        Figure("outputs scanned", outputs, "", *least, most=False),
        Figure("of these, answers", sum(watch.scanned.values())),
        Figure("mails and SMS scanned", sent["mails"] + sent["SMS"]),
        Figure("mails to more than one recipient", sent["mails to more than one"], "", 0, 0),
        Figure("log lines scanned", lines + sent["log lines of workers"]),
        Figure("foreign tokens", len(foreign), "", 0, 0),
        Figure("tokens that were seen at all", len(watch.seen), "", 5, 5, most=False),
    )
    details = {"kinds": dict(watch.scanned + sent), "foreign": [[*one, where] for one, where in foreign.items()]}
    return Found(
        outputs,
        "outputs scanned for tokens: answers to each identity, mails, SMS, logs, database, backup",
        figures,
        details=details,
        bounds=BOUNDS,
    )


BOUNDS = "A million outputs would take a day here: every page, file, mail and SMS of this data is scanned once."
