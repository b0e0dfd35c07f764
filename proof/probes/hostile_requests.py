"""Sends hostile requests to every route and form, in the process that has the data folder."""

import io
import logging
import random
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from proof.harness.identities import IDENTITIES, IdentityBrowser, silence_django_log
from proof.probes import payloads
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

WHO = ("anonymous", "member", "coordinator", "officer", "chief", "supervisor", "committee", "municipality")
MOST_CPU, MOST_P99 = 2.0, 1.0  # seconds
GROWN = 150  # MB by which the process may grow, whatever is sent


@dataclass
class HostileRequest:
    """One request."""

    browser: IdentityBrowser
    method: str
    url: str
    data: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None


class Fields(HTMLParser):
    """The forms of a page: for each, where it goes and what it asks."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the last one."""
        found = dict(attrs)
        if tag == "form":
            self.forms.append((found.get("action") or "", {}))
        elif tag in {"input", "textarea", "select"} and self.forms and found.get("name"):
            self.forms[-1][1][str(found["name"])] = found.get("type") or tag


class RequestSeries:
    """Keeps count of what came back."""

    def __init__(self, seed: Mapping[str, Any], dice: random.Random) -> None:
        self.dice, self.walls = dice, AccessMatrix(seed)
        self.browsers = {one.name: one for one in self.walls.browsers if one.name in WHO}
        self.files = list(payloads.named_hostile_contents())
        self.seconds: list[float] = []
        self.cpu, self.broken, self.slow = 0.0, [], 0  # type: float, list[str], int

    def requests_over_all_routes(self, number: int) -> Iterator[HostileRequest]:
        """So many, in turn over the routes: a page, its forms, other ways of asking."""
        routes = [
            url
            for row in read_access_rows().values()
            if (url := self.walls.url_by_owner(row).get("own")) and url != "/readyz"
        ]
        self.dice.shuffle(routes)
        made = 0
        while made < number:
            for url in routes:
                for shot in self._requests_at_url(url):
                    yield shot
                    made += 1
                    if made >= number:
                        return

    def _requests_at_url(self, url: str) -> Iterator[HostileRequest]:
        browser, dice = self.dice.choice(list(self.browsers.values())), self.dice
        query = "&".join(
            f"{name}={dice.choice(payloads.NUMBERS)}" for name in ("page", "q", "next", "order", "lang", "q")
        )
        yield HostileRequest(browser, "GET", f"{url}?{query}")
        yield HostileRequest(browser, dice.choice(payloads.METHODS), url)
        yield HostileRequest(browser, "GET", self._url_with_hostile_part(url), None, dice.choice(payloads.HEADERS))
        for action, fields in self._forms_on_page(browser, url):
            for _turn in range(3):
                yield HostileRequest(
                    browser,
                    "POST",
                    action or url,
                    {name: self._hostile_field_value(kind) for name, kind in fields.items()},
                )
        yield HostileRequest(
            browser,
            "POST",
            url,
            {
                "next": "//evil.example",
                "unknown": [payloads.random_hostile_value(dice), payloads.random_hostile_value(dice)],
            },
        )

    def _url_with_hostile_part(self, url: str) -> str:
        """The address with one of its parts replaced."""
        parts = url.split("/")
        parts[self.dice.randrange(1, len(parts))] = payloads.random_path_segment(self.dice)
        return "/".join(parts)

    def _forms_on_page(self, browser: IdentityBrowser, url: str) -> list[tuple[str, dict[str, str]]]:
        answer = browser.request_and_roll_back("GET", url)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        found = Fields()
        found.feed(answer.content.decode())
        return [form for form in found.forms if form[0].startswith("/") or not form[0]]

    def _hostile_field_value(self, kind: str) -> Any:
        """A hostile value; a file where one is asked; seldom two values, seldom none."""
        if kind == "file":
            name, content = self.dice.choice(self.files)
            return SimpleUploadedFile(name, content, content_type="image/png")
        return [payloads.random_hostile_value(self.dice) for _turn in range(2 if self.dice.random() < 0.1 else 1)]

    def send_and_measure(self, shot: HostileRequest) -> None:
        """Send one, and note what it did to us."""
        begun, worked = time.perf_counter(), time.process_time()
        data = (shot.data or {}) if shot.method == "POST" else None
        answer = shot.browser.request_and_roll_back(shot.method, shot.url, data, **dict(shot.headers or {}))
        cpu = time.process_time() - worked
        self.seconds.append(time.perf_counter() - begun)
        self.cpu = max(self.cpu, cpu)
        if cpu > MOST_CPU:
            self.slow += 1
            print_progress(f"{cpu:.1f} s: {shot.method} {shot.url[:120]}")
        if answer.status_code >= 500 or b"Traceback" in answer.getvalue()[:200_000]:
            self.broken.append(f"{shot.browser.name} {shot.method} {shot.url[:200]} {str(shot.data)[:300]}")
            print_progress(self.broken[-1])


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``hostile``."""
    silence_django_log()
    errors = io.StringIO()
    logging.getLogger().addHandler(logging.StreamHandler(errors))
    siege = RequestSeries(seed, random.Random(ask.seed))
    number, sent, begun = ask.number_for_size(trial=150, quick=180, floor=20_000, full=100_000), 0, 0
    for shot in siege.requests_over_all_routes(number):
        siege.send_and_measure(shot)
        sent += 1
        if sent == number // 3:
            begun = _peak_memory_in_megabytes()
        if sent % 5_000 == 0:
            print_progress(f"{sent:,} of {number:,}, {_peak_memory_in_megabytes()} MB")
    ordered = sorted(siege.seconds)
    figures = (
        Figure("requests", sent, "", 20_000 if number > 20_000 else None, None, most=False),
        Figure("answers 5xx, or with a traceback", len(siege.broken), "", 0, 0),
        Figure("tracebacks in the log", errors.getvalue().count("Traceback"), "", 0, 0),
        Figure("99 of 100 answered within", ordered[int(len(ordered) * 0.99)], "s", 10.0, MOST_P99),
        Figure("longest, of the processor", siege.cpu, "s", 60.0, MOST_CPU),
        Figure("memory grown over the last two thirds", _peak_memory_in_megabytes() - begun, "MB", 400, GROWN),
    )
    routes = len(read_access_rows())
    words = f"hostile requests over {routes} routes and the forms on their pages, as {len(WHO)} of {len(IDENTITIES)}"
    return ProofResult(sent, words, figures, details={"broken": siege.broken[:100]})


def _peak_memory_in_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
