"""Asks the same thing about somebody known and somebody unknown, in turn, and compares: bytes and time (T13, T45)."""

import random
import re
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.models import Code, ContactPoint, Person
from plp.places.queries import streets_of
from proof.harness.identities import silence_django_log
from proof.result import Figure, ProofRequest, ProofResult, print_progress

ONCE = re.compile(rb"(?:csrfmiddlewaretoken\"[^>]*value=\"[^\"]*\"|nonce=\"[^\"]*\"|value=\"[0-9a-f-]{32,}\")")
ECHO = re.compile(rb"[\w.+-]+@canary\.example\.org|[0-9a-f-]{36}|[0-9a-f]{32}", re.IGNORECASE)
HEADS = ("Location", "Content-Type", "Cache-Control", "Content-Language", "Vary", "Retry-After")
WARM = 3  # pairs that are not counted


@dataclass
class OracleForm:
    """One form. ``ask(who)`` sends it about an address and answers the pages that come back."""

    name: str
    ask: Callable[[str], list[HttpResponse]]
    known: list[str]
    unknown: Callable[[int], str]
    shapes: dict[bool, set[tuple[Any, ...]]] = field(default_factory=lambda: {True: set(), False: set()})
    times: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})

    def submit_and_record_answer(self, number: int, *, is_known: bool) -> None:
        """Ask once, note what came back and how long it took."""
        who = self.known[number % len(self.known)] if is_known else self.unknown(number)
        begun = time.perf_counter()
        pages = self.ask(who)
        taken = time.perf_counter() - begun
        shape = tuple(_comparable_answer(page, who) for page in pages)
        self.shapes[is_known].add(shape)
        if number >= WARM:
            self.times[is_known].append(taken)

    @property
    def distinguishing_answer_count(self) -> int:
        """How many kinds of answers come to one side alone."""
        return len(self.shapes[True] ^ self.shapes[False])


def _comparable_answer(page: HttpResponse, who: str) -> tuple[Any, ...]:
    """What an onlooker can compare: status, headers, bytes without what changes each time and what was typed."""
    content = page.getvalue().replace(b"<wbr>", b"").replace(who.encode(), b"")
    body = ECHO.sub(b"", ONCE.sub(b"", content))
    heads = tuple(ECHO.sub(b"", page.headers.get(name, "").replace(who, "").encode()) for name in HEADS)
    return page.status_code, heads, tuple(sorted(page.cookies)), body


def mann_whitney_p_value(one: list[float], other: list[float]) -> float:
    """The p-value of Mann-Whitney's test, two-sided, by its normal approximation with ties."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, place, ties = [0.0, 0.0], 0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        ties += (end - place) ** 3 - (end - place)
        for _value, side in ranked[place:end]:
            ranks[side] += (place + end + 1) / 2
        place = end
    n, m, total = len(one), len(other), len(one) + len(other)
    u = ranks[0] - n * (n + 1) / 2
    spread = (n * m / 12 * (total + 1 - ties / (total * (total - 1)))) ** 0.5
    z = abs(u - n * m / 2) / spread if spread else 0.0
    return 2 * (1 - statistics.NormalDist().cdf(z))


def _new_french_client() -> Client:
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    return client


def _clear_rate_limits() -> None:
    """No limit is reached: limits are another matter."""
    cache.clear()
    Code.objects.all().delete()


def _post_in_new_client(url: str, name: str, who: str, **more: str) -> list[HttpResponse]:
    return [_new_french_client().post(url, {name: who, **more})]


def _ask_for_code_and_mistype_it(who: str) -> list[HttpResponse]:
    """The code is asked for, and a wrong one typed."""
    client = _new_french_client()
    asked = client.post(reverse("membership:self_service:ask"), {"address": who})
    return [
        asked,
        client.get(reverse("membership:self_service:code")),
        client.post(reverse("membership:self_service:code"), {"code": "12345678"}),
    ]


def _send_join_form_and_open_code_page(partnership: Partnership, street: str, who: str) -> list[HttpResponse]:
    """The form, then the page of the codes."""
    client, key = _new_french_client(), [partnership.key]
    form = reverse("partnership:join", args=key)
    rules = re.search(rb'name="rules" value="([^"]*)"', client.get(form).content)
    told = {"name": "Anna Exemple", "message_language": "fr", "street": street, "house": "12"}
    told |= {"use_email": "on", "address_email": who, "is_adult": "on", "accepts_rules": "on"}
    pages = [client.post(form, told | {"rules": rules[1].decode() if rules else ""})]
    return [*pages, client.get(reverse("partnership:confirm", args=key))]


def _get_and_post_stop_link(who: str) -> list[HttpResponse]:
    return [_new_french_client().get(f"/stop/{who}/{'0' * 32}"), _new_french_client().post(f"/stop/{who}/{'0' * 32}")]


def oracle_forms(seed: Mapping[str, Any]) -> list[OracleForm]:
    """Every form by which one could ask whether somebody is a member or has a role."""
    partnership = Partnership.objects.get(key="canary-0")
    street = str(streets_of(partnership.area)[0].pk)
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    points = ContactPoint.objects.filter(channel="email", person__in=members.values("person"), person__account=None)
    mails, staff = [point.address for point in points], [one["email"] for one in seed["identities"] if one["email"]]

    def unknown_address(number: int) -> str:
        return f"zqy{number:012d}@canary.example.org"

    login = reverse("account_login")
    return [
        OracleForm("code request", _ask_for_code_and_mistype_it, mails, unknown_address),
        OracleForm("sign-in", partial(_sign_in_with_wrong_password, login), staff, unknown_address),
        OracleForm("join", partial(_send_join_form_and_open_code_page, partnership, street), mails, unknown_address),
        OracleForm(
            "stop link", _get_and_post_stop_link, [point.pk.hex for point in points], lambda _number: uuid4().hex
        ),
    ]


def _sign_in_with_wrong_password(url: str, who: str) -> list[HttpResponse]:
    return _post_in_new_client(url, "login", who, password="quatre velos rouges dorment")


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``oracles``."""
    silence_django_log()
    pairs, dice = ask.number_for_size(trial=4, quick=10, floor=200, full=2_000), random.Random(ask.seed)
    found = oracle_forms(seed)
    people = Person.objects.count()
    for number in range(pairs + WARM):
        for door in found:
            for is_known in dice.sample([True, False], 2):
                _clear_rate_limits()
                door.submit_and_record_answer(number, is_known=is_known)
        if number % 200 == 199:
            print_progress(f"{number + 1} pairs a form")
    figures = [Figure("forms", len(found)), Figure("persons that asking to join made", Person.objects.count() - people)]
    for door in found:
        gap = abs(statistics.median(door.times[True]) - statistics.median(door.times[False])) * 1_000
        likely = mann_whitney_p_value(door.times[True], door.times[False])
        figures += [
            Figure(f"{door.name}: answers that only one side gets", door.distinguishing_answer_count, "", 0, 0),
            Figure(
                f"{door.name}: gap of the medians", gap, "ms", ask.number_for_size(trial=2_000, quick=100, full=20), 5
            ),
            Figure(f"{door.name}: p of Mann-Whitney", likely, "", None, 0.01, most=False),
        ]
    words = f"times 2 (known, unknown) by {len(found)} forms: bytes after normalising, and time"
    return ProofResult(pairs, words, tuple(figures), bounds=BOUNDS)


BOUNDS = (
    "Time is compared in one process, without a network, which hides more than a hundred times what is measured here; "
    "with thousands of pairs the test notices a tenth of a millisecond."
)
