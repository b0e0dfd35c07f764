"""Walks through everything as each identity and scans what comes back: pages, headers, files, errors, log lines."""

import io
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from plp.toolbox import clock
from proof.canaries import partnership_names
from proof.canaries.builder import MORE, STAFF
from proof.canaries.fields import FIELDLESS, FIRST_ROW, field_names, telephone_fields
from proof.canaries.scanner import scan
from proof.canaries.tokens import Token
from proof.canaries.walks import Round, rounds
from proof.harness.identities import Browser
from proof.harness.parallel_walks import side_by_side
from proof.harness.site_map import Atlas
from proof.result import Ask, Figure, Found, progress

FILE = Path(__file__).resolve().parents[1] / "exposure.json"  # who may see which field of whom: declared
ZONE_OF = {0: 90, 1: 90, 2: 91}  # partnership -> zone
AT_ONCE = 30  # messages relayed in each partnership before a worker sends them
COUNTRY = 99
MADE = ("application/pdf", "application/zip", "application/vnd.")  # files that hold the moment of their making
VARYING = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]*')  # in a page that is the same otherwise
Seen = tuple[str, str, str]  # identity, whose, field


class Watch:
    """Counts what was scanned, and keeps which identity saw which field of whom, with one place for each."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.seed, self.fields = seed["canary"], field_names() | {partnership_names.FIELD: partnership_names.NAME}
        self.partnerships = seed.get("partnerships", ())
        self.said: dict[bytes, str] = {}  # what was scanned, as a digest, and of what kind it was
        self.repeated = 0
        self.lines = 0  # of logs
        self.seen: dict[Seen, str] = {}

    def read(self, browser: Browser, url: str, answer: HttpResponse, *, home: int = 0) -> None:
        """One answer: headers and content. What says the same as an answer before is scanned and not counted."""
        heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        content = answer.getvalue()
        kind = answer.headers.get("Content-Type", "no content").partition(";")[0]
        self.note(
            browser.role,
            url,
            scan(content, self.seed) | scan(heads.encode(), self.seed) | self.names.named(url, content),
            own_token(browser, self.seed),
            home,
            buddies(browser, self.seed),
        )
        self.count(kind, url.encode() if kind.startswith(MADE) else VARYING.sub(b"", content))

    def count(self, kind: str, content: bytes) -> None:
        """Once for each that says something new."""
        said = sha256(content).digest()
        self.repeated += said in self.said
        self.said.setdefault(said, kind)

    def take(self, other: "Watch") -> None:
        """What another has scanned and seen."""
        self.repeated += other.repeated + len(self.said.keys() & other.said.keys())
        self.said = other.said | self.said
        self.seen = other.seen | self.seen
        self.lines += other.lines

    @property
    def outputs(self) -> int:
        """How many said something new."""
        return len(self.said)

    @property
    def kinds(self) -> Counter[str]:
        """How many of each kind these are."""
        return Counter(self.said.values())

    def note(
        self,
        who: str,
        where: str,
        tokens: set[Token],
        own: Token | None = None,
        home: int = 0,
        buddies: frozenset[Token] = frozenset(),
    ) -> None:
        """Keep what somebody saw; ``home``: the partnership of whoever looks."""
        for token in tokens:
            is_self = own is not None and (token.plp, token.person) == (own.plp, own.person)
            is_buddy = any((token.plp, token.person) == (one.plp, one.person) for one in buddies)
            whose = "self" if is_self else "buddy" if is_buddy else whose_is(token, home)
            self.seen.setdefault((who, whose, self.field(token)), where)

    def field(self, token: Token) -> str:
        """Which field a token stands in; a telephone number that is of no person, by the row that holds it."""
        is_of_a_row = token.field == FIELDLESS["phone"] and token.person >= FIRST_ROW
        named = self.telephones.get(token) if is_of_a_row else None
        return named or self.fields.get(token.field, str(token.field))

    @cached_property
    def names(self) -> partnership_names.Names:
        """The partnerships that a page may name."""
        return partnership_names.Names(partnership_names.words_of(self.partnerships, ZONE_OF))

    @cached_property
    def telephones(self) -> dict[Token, str]:
        """Which field holds which number."""
        return telephone_fields(self.seed)

    def foreign(self) -> dict[Seen, str]:
        """What was seen and is not declared."""
        rules = declared()
        return {
            (who, whose, field): where
            for (who, whose, field), where in self.seen.items()
            if not any(fnmatchcase(field, pattern) for pattern in rules.get(who, {}).get(whose, ()))
        }


def whose_is(token: Token, home: int = 0) -> str:
    """Of which partnership or zone; whoever holds an office is named apart from members and neighbours."""
    near = _near(token.plp, home)
    return f"office, {near}" if STAFF <= token.person < MORE else near


def _near(number: int, home: int) -> str:
    """Where a partnership or a zone is, seen from a partnership."""
    if number in ZONE_OF:
        is_near = ZONE_OF[number] == ZONE_OF[home]
        return "own" if number == home else "next door" if is_near else "elsewhere"
    if number in ZONE_OF.values():
        return "own zone" if number == ZONE_OF[home] else "another zone"
    return "country" if number == COUNTRY else str(number)


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


def buddies(browser: Browser, seed: str) -> frozenset[Token]:
    """The tokens of those with whom whoever looks agreed, or is asked, to receive copies on each other's behalf."""
    from plp.people.models import Person  # noqa: PLC0415 - needs the settings

    if browser.who is None:
        return frozenset()
    if not hasattr(browser, "buddies"):
        tied = Person.objects.filter(helped_by__ended_at=None, helped_by__helper=browser.who["person"]) | (
            Person.objects.filter(helps__ended_at=None, helps__person=browser.who["person"])
        )
        found = (scan(person.name.encode(), seed) for person in tied)
        browser.buddies = frozenset().union(*found)  # type: ignore[attr-defined]
    tokens: frozenset[Token] = browser.buddies  # type: ignore[attr-defined]
    return tokens


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
    watch = Watch(seed)
    for walked in side_by_side(partial(_rounds, ask, seed)):
        watch.take(walked)
    progress(f"{watch.outputs} answers that differ")
    least = (100_000, 1_000_000) if ask.is_long else (None, None)
    return judged(watch, _outside(ask, seed, watch), least)


def _rounds(ask: Ask, seed: Mapping[str, Any], first: int, step: int) -> Watch:
    """Every ``step``-th of the walks, from the ``first`` on."""
    watch, atlas = Watch(seed), Atlas(seed)
    with log_lines() as lines:
        for one in islice(rounds(ask, seed), first, None, step):
            _walk(ask, atlas, watch, one)
    logged = lines.getvalue()
    watch.note("log", "log", scan(logged.encode(), seed["canary"]))
    watch.lines = len(logged.splitlines())
    return watch


def _walk(ask: Ask, atlas: Atlas, watch: Watch, one: Round) -> None:
    """All that one identity finds, then pages that break."""
    browser = one.browser

    def read(browser: Browser, url: str, answer: HttpResponse) -> None:
        watch.read(browser, url, answer, home=one.home)

    walked = atlas.walk(
        browser,
        most=ask.of(trial=12, quick=16, floor=8_000, full=20_000),
        each=ask.of(trial=1, quick=1, floor=100, full=300),
        files=ask.of(trial=1, quick=1, floor=2, full=12),
        papers=ask.is_long,
        sends=ask.is_long,
        begins=one.begins,
        within=one.within,
        read=read,
    )
    if not one.is_neighbour:
        progress(f"{browser.name}: {walked} answers")
        with broken():
            for url in ("/", "/coordinator/members/", "/m/settings/"):
                read(browser, url, browser.client.get(url))


def _outside(ask: Ask, seed: Mapping[str, Any], watch: Watch) -> Counter[str]:
    """What leaves by another way than a page. A trial leaves the workers out: they take long."""
    from proof.canaries.notice_series import relay  # noqa: PLC0415 - as above
    from proof.canaries.outgoing import Post  # noqa: PLC0415 - stands on this module

    post = Post(seed, watch)
    post.steal()
    if ask.size != "trial":
        post.back_up()
        post.send()
        most = ask.of(trial=0, quick=0, floor=1_650, full=3_100)
        for first in range(0, most, AT_ONCE):
            made = relay(seed, range(first, min(first + AT_ONCE, most)))
            post.send()
            progress(f"{made} more messages relayed, {watch.outputs} outputs in all")
    if ask.is_long:
        post.fail()
    return post.counts


def judged(watch: Watch, sent: Counter[str], least: tuple[float | None, float | None]) -> Found:
    """The figures."""
    foreign = watch.foreign()
    for (who, whose, field), where in sorted(foreign.items())[:30]:
        progress(f"{who} sees {field} of {whose} at {where}")
    outputs, kinds = watch.outputs, watch.kinds
    figures = (
        Figure("outputs scanned", outputs, "", *least, most=False),
        Figure("of these, mails and SMS", kinds["mail"] + kinds["SMS"]),
        Figure("answers scanned and not counted: they say what one before said", watch.repeated),
        Figure("mails to more than one recipient", sent["mails to more than one"], "", 0, 0),
        Figure("log lines scanned", watch.lines + sent["log lines of workers"]),
        Figure("foreign tokens", len(foreign), "", 0, 0),
        Figure("tokens that were seen at all", len(watch.seen), "", 5, 5, most=False),
    )
    details = {"kinds": dict(kinds + sent), "foreign": [[*one, where] for one, where in foreign.items()]}
    return Found(
        outputs,
        "outputs scanned for tokens: answers to each identity, mails, SMS, logs, database, backup",
        figures,
        details=details,
        bounds=BOUNDS,
    )


BOUNDS = "A million would take a day here. Each page, file, mail and SMS that says something new is counted once."
