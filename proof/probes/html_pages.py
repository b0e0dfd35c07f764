"""The HTML of every page of every role, judged by the checker of the W3C (``vnu``) and read for what searches show."""

import json
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from plp.ops.environment import find_program
from proof.harness.identities import IdentityBrowser, silence_django_log
from proof.probes.access_matrix import AccessMatrix
from proof.probes.page_walk import MAIN, routes_and_urls_readable_by_role
from proof.result import Figure, ProofRequest, ProofResult, print_progress
from proof.sheet import LANGUAGES, ROLES

DESCRIPTION = re.compile(r'<meta name="description" content="[^"]{20,}">')
QUICK = ("anonymous", "member", "coordinator")  # roles of a quick run, in one language
CHANGING = re.compile(r'value="[\w-]{30,}"|[0-9a-f-]{36}|\d\d[:.]\d\d')  # tokens, keys, hours
MOST = 40  # different faults in the details
MEANT = "The “list” role is unnecessary"  # without it Safari tells no list where the bullets are hidden


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """Every page of every role in four languages; in a quick run three roles in French."""
    silence_django_log()
    walls = AccessMatrix(seed)
    roles, languages = (ROLES, LANGUAGES) if ask.is_long else (QUICK, LANGUAGES[:1])
    with tempfile.TemporaryDirectory(prefix="plp-pages-") as folder:
        routes, undescribed = _write_distinct_pages(Path(folder), walls, roles, languages)
        faults = _find_html_faults(Path(folder))
    counted = Counter(fault for _name, fault in faults)
    first = {fault: routes[name] for name, fault in reversed(faults)}
    rows = [f"{number} x {fault} ({first[fault]})" for fault, number in counted.most_common(MOST)]
    figures = (
        Figure("pages with other contents", len(routes), floor=30, goal=30, most=False),
        Figure("faults of HTML", len(faults), floor=0, goal=0),
        Figure("public pages without a description", len(undescribed), floor=0, goal=0),
    )
    return ProofResult(
        len(routes), "pages of a role in a language", figures, details={"faults": rows, "undescribed": undescribed}
    )


def _write_distinct_pages(
    folder: Path, walls: AccessMatrix, roles: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[dict[str, str], list[str]]:
    """A file of each page that differs: its name -> its route; and the public pages that say nothing of themselves."""
    routes: dict[str, str] = {}
    undescribed = []
    for role in roles:
        browser = next(other for other in walls.browsers if other.name == role)
        for language in languages:
            for route, html in _readable_html_pages(browser, walls, language):
                main = MAIN.search(html)
                content = CHANGING.sub("", main.group() if main else html)
                name = f"{language}-{sha256(content.encode()).hexdigest()[:16]}.html"
                if name not in routes:
                    (folder / name).write_text(html, encoding="utf-8")
                    routes[name] = f"{role}, {language}: {route}"
                    if role == "anonymous" and not DESCRIPTION.search(html) and "noindex" not in html:
                        undescribed.append(f"{language}: {route}")
        print_progress(f"{role}: {len(routes)} pages")
    return routes, undescribed


def _readable_html_pages(browser: IdentityBrowser, walls: AccessMatrix, language: str) -> Iterator[tuple[str, str]]:
    """Route and HTML of each page that this person may read."""
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for route, address in routes_and_urls_readable_by_role(walls, browser.name, ""):
        answer = browser.request_and_roll_back("GET", address)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            yield route, answer.content.decode()


def _find_html_faults(folder: Path) -> list[tuple[str, str]]:
    """File and sentence of each fault that the checker finds."""
    command = [str(find_program("vnu")), "--format", "json", "--exit-zero-always", "--stdout", str(folder)]
    checked = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(checked.stdout)["messages"]
    return [
        (
            Path(urlsplit(fault["url"]).path).name,
            f"{fault['type']}: {fault['message']} {fault.get('extract', '')[:90]!r}",
        )
        for fault in found
        if not fault["message"].startswith(MEANT)
    ]
