"""Which identity saw which personal field of whom, and what of it is not declared (``proof/exposure.json``)."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse

from proof.canaries import partnership_names
from proof.canaries.builder import MORE, STAFF
from proof.canaries.fields import FIELDLESS, FIRST_ROW, field_paths_by_number, phone_fields_of_ownerless_tokens
from proof.canaries.scanner import find_tokens_in_file_content
from proof.canaries.tokens import Token
from proof.harness.identities import IdentityBrowser

FILE = Path(__file__).resolve().parents[1] / "exposure.json"  # who may see which field of whom: declared
ZONE_OF = {0: 90, 1: 90, 2: 91}  # partnership -> zone
COUNTRY = 99
MADE = ("application/pdf", "application/zip", "application/vnd.")  # files that hold the moment of their making
VARYING = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]*')  # in a page that is the same otherwise
Seen = tuple[str, str, str]  # identity, whose, field


class ExposureLog:
    """Counts what was scanned, and keeps which identity saw which field of whom, with one place for each."""

    def __init__(self, seed: Mapping[str, Any]) -> None:
        self.seed, self.fields = (
            seed["canary"],
            field_paths_by_number() | {partnership_names.FIELD: partnership_names.NAME},
        )
        self.partnerships = seed.get("partnerships", ())
        self.said: dict[bytes, str] = {}  # what was scanned, as a digest, and of what kind it was
        self.repeated = 0
        self.lines = 0  # of logs
        self.seen: dict[Seen, str] = {}

    def scan_and_record_answer(
        self, browser: IdentityBrowser, url: str, answer: HttpResponse, *, home: int = 0
    ) -> None:
        """One answer: headers and content. What says the same as an answer before is scanned and not counted."""
        heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        content = answer.getvalue()
        kind = answer.headers.get("Content-Type", "no content").partition(";")[0]
        self.record_seen_tokens(
            browser.role,
            url,
            find_tokens_in_file_content(content, self.seed)
            | find_tokens_in_file_content(heads.encode(), self.seed)
            | self.partnership_name_finder.other_partnership_tokens(url, content),
            own_token(browser, self.seed),
            home,
            {"buddy": buddy_tokens(browser, self.seed), "colleague": colleague_tokens(browser, self.seed)},
        )
        self.count_output_if_new(kind, url.encode() if kind.startswith(MADE) else VARYING.sub(b"", content))

    def count_output_if_new(self, kind: str, content: bytes) -> None:
        """Once for each that says something new."""
        said = sha256(content).digest()
        self.repeated += said in self.said
        self.said.setdefault(said, kind)

    def merge_log(self, other: "ExposureLog") -> None:
        """What another has scanned and seen."""
        self.repeated += other.repeated + len(self.said.keys() & other.said.keys())
        self.said = other.said | self.said
        self.seen = other.seen | self.seen
        self.lines += other.lines

    @property
    def distinct_output_count(self) -> int:
        """How many said something new."""
        return len(self.said)

    @property
    def distinct_outputs_by_kind(self) -> Counter[str]:
        """How many of each kind these are."""
        return Counter(self.said.values())

    def record_seen_tokens(
        self,
        who: str,
        where: str,
        tokens: set[Token],
        own: Token | None = None,
        home: int = 0,
        relations: Mapping[str, frozenset[Token]] = MappingProxyType({}),
    ) -> None:
        """Keep what somebody saw; ``home``: the partnership of whoever looks; ``relations``: buddies, colleagues."""
        relation_of = {
            (token.plp, token.person): relation for relation, persons in relations.items() for token in persons
        }
        if own is not None:
            relation_of[own.plp, own.person] = "self"
        for token in tokens:
            whose = relation_of.get((token.plp, token.person)) or relation_of_token_to_home(token, home)
            self.seen.setdefault((who, whose, self.field_name_of_token(token)), where)

    def field_name_of_token(self, token: Token) -> str:
        """Which field a token stands in; a telephone number that is of no person, by the row that holds it."""
        is_of_a_row = token.field == FIELDLESS["phone"] and token.person >= FIRST_ROW
        named = self.field_names_by_telephone.get(token) if is_of_a_row else None
        return named or self.fields.get(token.field, str(token.field))

    @cached_property
    def partnership_name_finder(self) -> partnership_names.PartnershipNames:
        """The partnerships that a page may name."""
        return partnership_names.PartnershipNames(partnership_names.numbers_by_key_and_name(self.partnerships, ZONE_OF))

    @cached_property
    def field_names_by_telephone(self) -> dict[Token, str]:
        """Which field holds which number."""
        return phone_fields_of_ownerless_tokens(self.seed)

    def undeclared_exposures(self) -> dict[Seen, str]:
        """What was seen and is not declared."""
        rules = read_declared_exposure()
        return {
            (who, whose, field): where
            for (who, whose, field), where in self.seen.items()
            if not any(fnmatchcase(field, pattern) for pattern in rules.get(who, {}).get(whose, ()))
        }


def relation_of_token_to_home(token: Token, home: int = 0) -> str:
    """Of which partnership or zone; whoever holds an office is named apart from members and neighbours."""
    near = _relation_to_home(token.plp, home)
    return f"office, {near}" if STAFF <= token.person < MORE else near


def _relation_to_home(number: int, home: int) -> str:
    """Where a partnership or a zone is, seen from a partnership."""
    if number in ZONE_OF:
        is_near = ZONE_OF[number] == ZONE_OF[home]
        return "own" if number == home else "next door" if is_near else "elsewhere"
    if number in ZONE_OF.values():
        return "own zone" if number == ZONE_OF[home] else "another zone"
    return "country" if number == COUNTRY else str(number)


def own_token(browser: IdentityBrowser, seed: str) -> Token | None:
    """The token of whoever looks."""
    from plp.people.models import Person  # noqa: PLC0415 - needs the settings

    if browser.who is None:
        return None
    if not hasattr(browser, "token"):
        name = Person.objects.get(pk=browser.who["person"]).name
        browser.token = next(iter(find_tokens_in_file_content(name.encode(), seed)), None)  # type: ignore[attr-defined]
    found: Token | None = browser.token  # type: ignore[attr-defined]
    return found


def buddy_tokens(browser: IdentityBrowser, seed: str) -> frozenset[Token]:
    """The tokens of those with whom whoever looks agreed, or is asked, to receive copies on each other's behalf."""
    from plp.people.models import Person  # noqa: PLC0415 - needs the settings

    if browser.who is None:
        return frozenset()
    if not hasattr(browser, "buddies"):
        tied = Person.objects.filter(helped_by__ended_at=None, helped_by__helper=browser.who["person"]) | (
            Person.objects.filter(helps__ended_at=None, helps__person=browser.who["person"])
        )
        found = (find_tokens_in_file_content(person.name.encode(), seed) for person in tied)
        browser.buddies = frozenset().union(*found)  # type: ignore[attr-defined]
    tokens: frozenset[Token] = browser.buddies  # type: ignore[attr-defined]
    return tokens


def colleague_tokens(browser: IdentityBrowser, seed: str) -> frozenset[Token]:
    """The tokens of those who belong to the same firm as whoever looks."""
    from plp.membership.models import Membership  # noqa: PLC0415 - needs the settings
    from plp.people.models import Person  # noqa: PLC0415 - needs the settings

    if browser.who is None:
        return frozenset()
    if not hasattr(browser, "colleagues"):
        own_firms = Membership.objects.filter(person=browser.who["person"], firm__isnull=False).values("firm")
        of_firm = Membership.objects.filter(firm__in=own_firms).values("person")
        found = (
            find_tokens_in_file_content(person.name.encode(), seed) for person in Person.objects.filter(pk__in=of_firm)
        )
        browser.colleagues = frozenset().union(*found)  # type: ignore[attr-defined]
    tokens: frozenset[Token] = browser.colleagues  # type: ignore[attr-defined]
    return tokens


def read_declared_exposure() -> dict[str, dict[str, list[str]]]:
    """Who may see which field of whom: identity -> whose -> fields, ``*`` for any."""
    kept: dict[str, dict[str, list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept
