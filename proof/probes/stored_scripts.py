"""Payloads in every text of the database, shown in a real browser that reports whatever runs or leaves (T24, T19)."""

from collections.abc import Iterator, Mapping
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.utils import DatabaseError
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error as Unshown
from playwright.sync_api import sync_playwright

from plp.toolbox.crypto import SealedText
from proof.canaries.fields import NO_TEXT
from proof.harness.identities import IdentityBrowser, silence_django_log
from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import WebServer
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import read_access_rows
from proof.probes.payloads import SCRIPTS
from proof.result import Figure, ProofRequest, ProofResult, print_progress

WHO = ("coordinator", "officer", "member", "chief", "anonymous")
KEPT = NO_TEXT | {"address", "channel", "key", "path", "password", "name_key", "version", "template", "decision"}
SHORTEST = 60  # letters: shorter columns hold keys and codes
LISTEN = """
window.ran = [];
window.trap = () => { window.ran.push("script"); };
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("policy " + event.violatedDirective));
"""


def store_scripts_in_all_texts() -> int:
    """A payload in every text that has room for one; straight to the tables, past every form. Answers how many."""
    count = 0
    for model in apps.get_models():
        if not model.__module__.startswith("plp.") or model._meta.app_label in {"journal", "places"}:
            continue
        names = [one.name for one in model._meta.fields if _can_hold_script(one)]
        for row in model._base_manager.all() if names else ():
            count += _store_scripts_in_row(row, names, count)
    return count


def _can_hold_script(one: "models.Field[Any, Any]") -> bool:
    room = isinstance(one, SealedText | models.TextField) or (
        isinstance(one, models.CharField) and (one.max_length or 0) >= SHORTEST
    )
    return room and not one.choices and not one.unique and one.name not in KEPT


def _store_scripts_in_row(row: models.Model, names: list[str], number: int) -> int:
    for place, name in enumerate(names):
        room = getattr(row._meta.get_field(name), "max_length", None) or 1_000
        if getattr(row, name):
            setattr(row, name, SCRIPTS[(number + place) % len(SCRIPTS)][:room])
    try:
        with transaction.atomic():
            models.Model.save(row, update_fields=names)
    except DatabaseError:  # a row that the database keeps from change
        return 0
    return len(names)


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``scripts``."""
    silence_django_log()
    walls, fields = AccessMatrix(seed), store_scripts_in_all_texts()
    visits = list(
        _sessions_and_pages_of_identities(walls, seed, ask.number_for_size(trial=4, quick=5, floor=200, full=10_000))
    )
    environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's own loop runs in this thread; nothing is asked meanwhile
    home = Path(environ["PLP_HOME"])
    web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium-headless-shell",
                args=["--no-sandbox", "--disable-background-networking"],
            )
            counts = _show_pages_and_count_scripts_run(chromium, web.port, visits)
            chromium.close()
    finally:
        web.close()
    figures = (
        Figure("texts with a payload", fields),
        Figure("pages shown", counts["pages"], "", 5, None, most=False),
        Figure("payloads seen as words on the pages", counts["words"], "", 2, None, most=False),
        Figure("scripts that ran, dialogs, policies broken", counts["ran"], "", 0, 0),
        Figure("requests to another host", counts["foreign"], "", 0, 0),
    )
    return ProofResult(
        counts["pages"], f"pages shown to {len(WHO)} identities in Chromium, {len(SCRIPTS)} payloads", figures
    )


def _sessions_and_pages_of_identities(
    walls: AccessMatrix, seed: Mapping[str, Any], each: int
) -> Iterator[tuple[str, list[str]]]:
    """For each identity its session, and the pages that it may see."""
    for name in WHO:
        browser = IdentityBrowser(name, seed)
        browser.client.get("/")
        column = [one.name for one in walls.browsers].index(name)
        rows = [row for row in read_access_rows().values() if row.cells["GET"].get("own", "N" * 20)[column] == "A"]
        rows.sort(key=lambda row: not any("." in kind for kind in row.ids.values()))  # things first: there are texts
        urls = [url for row in rows if (url := walls.url_by_owner(row).get("own")) and url.endswith("/")]
        cookie = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
        yield cookie.value if cookie else "", urls[:each]


def _show_pages_and_count_scripts_run(
    chromium: Chromium, port: int, visits: list[tuple[str, list[str]]]
) -> dict[str, int]:
    """Show each page and count what happened."""
    counts, origin = {"pages": 0, "words": 0, "ran": 0, "foreign": 0}, f"http://127.0.0.1:{port}"
    for session, urls in visits:
        context = chromium.new_context(base_url=origin)
        context.set_default_timeout(120_000)
        if session:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
        context.add_init_script(LISTEN)
        page = context.new_page()
        hosts: list[str] = []
        page.on("request", lambda request, hosts=hosts: hosts.append(request.url))
        page.on("dialog", lambda dialog: (counts.update(ran=counts["ran"] + 1), dialog.dismiss()))
        for url in urls:
            try:
                answer = page.goto(url)
            except Unshown:  # a file that is saved: nothing is shown
                continue
            kind = answer.headers.get("content-type", "") if answer else ""
            if kind.startswith("text/html"):
                ran = page.evaluate("window.ran")
                counts["pages"] += 1
                words = page.text_content("body") or ""
                counts["words"] += sum(script[:20] in words for script in SCRIPTS)
                counts["ran"] += len(ran)
                if ran:
                    print_progress(f"{url}: {ran}")
        away = {urlsplit(one).hostname for one in hosts if one.startswith("http") and not one.startswith(origin)}
        counts["foreign"] += len(away)
        context.close()
    return counts
