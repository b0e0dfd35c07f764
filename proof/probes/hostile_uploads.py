"""Hostile files at every door of a running site, ten at a time, while neighbours read pages.

In the process that has the data folder.
"""

import http.client
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.urls import reverse

from plp.places.models import Street
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers.tables import read_rows
from plp.toolbox import clock
from proof.harness.identities import IdentityBrowser, silence_django_log
from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import PATIENCE, WebServer
from proof.probes import hostile_files as made
from proof.result import Figure, ProofRequest, ProofResult, print_progress

AT_ONCE = 10
CSRF = "c" * 32  # cookie and field agree, as in a browser
PAGES = ("/", "/privacy/", "/healthz")
PAUSE = 0.05
READ = {200, 302}  # the form again with a sentence, or taken
SOON = 2.0  # seconds in which a sheet with a far cell is answered
EXTRA = 0.1  # seconds that an honest list may cost more in the sandbox
HONEST_ROWS = 300


@dataclass(frozen=True)
class UploadForm:
    """Where files go in: the cookies of whoever sends them, the field of the file, and what else the form asks."""

    path: str
    cookies: str
    field: str
    fields: Mapping[str, str]
    files: tuple[tuple[str, bytes], ...]


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The part of the proof ``parsers`` that needs a site."""
    silence_django_log()
    doors = list(_upload_forms(seed))
    home = Path(environ["PLP_HOME"])
    web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        born = set(web.serving_process_ids())
        far = _slowest_answer_to_far_cell(web.port, doors[0])
        with _two_neighbours_reading_pages(web.port) as seen:
            statuses = [_upload_all_and_list_statuses(web.port, door, ask) for door in doors]
        died = len(born - set(web.serving_process_ids()))
    finally:
        web.close()
    sent = [status for part in statuses for status in part]
    figures = (
        Figure("hostile files sent to a site, ten at a time", len(sent)),
        Figure("of these answered 5xx, or not at all", sum(one == 0 or one >= 500 for one in sent), "", 0, 0),
        Figure("of these turned away before they were read", sum(one not in READ for one in sent), "", 0, 0),
        Figure("web processes that ended", died, "", 0, 0),
        Figure("pages of neighbours meanwhile", len(seen)),
        Figure("of these not answered", sum(status != 200 for status, _took in seen), "", 0, 0),
        Figure("95 of 100 of these within", _percentile_95([took for _status, took in seen]), "s", 5, 1),
        Figure("a sheet with a far cell, answered within", far, "s", 2 * SOON, SOON),
        Figure(
            "an honest list, more than without a sandbox",
            1_000 * _extra_seconds_in_sandbox(),
            "ms",
            3_000 * EXTRA,
            1_000 * EXTRA,
        ),
    )
    return ProofResult(len(sent), "hostile files", figures)


def _percentile_95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] if times else 0.0


def _upload_forms(seed: Mapping[str, Any]) -> Iterator[UploadForm]:
    key = next(one["key"] for one in seed["partnerships"] if one["number"] == 0)
    proof = {"what": "to be a member", "on": clock.local(clock.now()).date().isoformat(), "kept": "blue folder"}
    lists = tuple((name, content) for name, content in made.hostile_member_lists() if len(content) <= 6_000_000)
    yield UploadForm(
        reverse("membership:enrolment:read", args=[key]),
        _cookies_of_identity("coordinator", seed),
        "file",
        proof,
        lists,
    )
    yield UploadForm(
        reverse("alerts:receive"), _cookies_of_identity("officer", seed), "file", {}, tuple(made.hostile_alerts())
    )
    told = {"fact_behaviour": "Somebody looked into the cars."}
    yield UploadForm(
        reverse("sightings:what"), _cookies_of_reporter(), "pictures", told, tuple(made.hostile_pictures())
    )


def _cookies_of_identity(name: str, seed: Mapping[str, Any]) -> str:
    """Those of somebody of the seed."""
    return _cookie_header(IdentityBrowser(name, seed).client)


def _cookie_header(client: Client) -> str:
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={kept}; {settings.CSRF_COOKIE_NAME}={CSRF}; language=en"


def _cookies_of_reporter() -> str:
    """The cookies of somebody who answered the three questions."""
    for street in Street.objects.exclude(postcode="").order_by("pk")[:50]:
        client = Client(SERVER_NAME="127.0.0.1")
        client.post(reverse("sightings:start"), {"kind": "behaviour", "when": "earlier"})
        place = {"which": "yesterday", "street": street.name("fr"), "postcode": street.postcode}
        client.post(reverse("sightings:where"), place)
        if b'name="pictures"' in client.get(reverse("sightings:what")).content:
            return _cookie_header(client)
    raise RuntimeError("no street of the seed is served")


def _slowest_answer_to_far_cell(port: int, door: UploadForm) -> float:
    """The longest answer to a sheet with one stray cell far away, with the site to itself."""
    _post_file_and_get_status(port, door, "far.xlsx", made.honest_member_list(3))  # the process that reads is there
    times = []
    for place in made.FAR:
        begun = time.monotonic()
        _post_file_and_get_status(port, door, "far.xlsx", made.member_list_with_far_cell(place))
        times.append(time.monotonic() - begun)
    return max(times)


def _upload_all_and_list_statuses(port: int, door: UploadForm, ask: ProofRequest) -> list[int]:
    """The statuses of all its files, ten at a time; of a short run each file once."""
    files = door.files * ask.number_for_size(trial=1, quick=1, floor=2, full=4)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda file: _post_file_and_get_status(port, door, *file), files))
    for status, (name, _content) in zip(found, files, strict=True):
        if status == 0 or status >= 500:
            print_progress(f"{door.path}: {name} was answered {status}")
    print_progress(f"{door.path}: {dict(Counter(found))}")
    return found


def _post_file_and_get_status(port: int, door: UploadForm, name: str, content: bytes) -> int:
    """Send a form with a file; the status, 0 for none."""
    border = uuid4().hex
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in {"csrfmiddlewaretoken": CSRF, **door.fields}.items()
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="{door.field}"; filename="{name}"\r\n\r\n'
    body = b"".join((*parts, head.encode(), content, f"\r\n--{border}--\r\n".encode()))
    headers = {
        "Content-Type": f"multipart/form-data; boundary={border}",
        "Cookie": door.cookies,
        "Origin": f"http://127.0.0.1:{port}",
    }
    return _send_request_and_read_status(port, "POST", door.path, body, headers)


def _send_request_and_read_status(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body, dict(headers or {}))
        answer = line.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


@contextmanager
def _two_neighbours_reading_pages(port: int) -> Iterator[list[tuple[int, float]]]:
    """Two people who read one page after the other; the list fills with status and seconds."""
    seen: list[tuple[int, float]] = []
    over = threading.Event()

    def read_pages_until_over() -> None:
        number = 0
        while not over.wait(PAUSE):
            begun = time.monotonic()
            status = _send_request_and_read_status(port, "GET", PAGES[number % len(PAGES)])
            seen.append((status, time.monotonic() - begun))
            number += 1

    threads = [threading.Thread(target=read_pages_until_over) for _one in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _extra_seconds_in_sandbox() -> float:
    """Seconds that an honest list takes longer in the sandbox than here, once a process waits: the median of pairs."""
    content = made.honest_member_list(HONEST_ROWS)
    parse_in_sandbox("tables:read_rows", content, most_rows=HONEST_ROWS + 9)
    pairs = []
    for _turn in range(15):
        begun = time.perf_counter()
        read_rows(content, most_rows=HONEST_ROWS + 9)
        between = time.perf_counter()
        parse_in_sandbox("tables:read_rows", content, most_rows=HONEST_ROWS + 9)
        pairs.append(time.perf_counter() - between - (between - begun))
    return statistics.median(pairs)
