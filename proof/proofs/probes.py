"""What scanners look for, asked of the real server: nothing is there, and nothing says a version (T22)."""

import http.client
import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

from proof.harness.seeded_data import environment_of_data_folder, seeded_home
from proof.harness.web_server import WebServer
from proof.result import Figure, ProofRequest, ProofResult, print_progress

FOLDERS = (
    "",
    "static/",
    "files/",
    "media/",
    "admin/",
    "api/",
    "backup/",
    "var/",
    "old/",
    ".well-known/",
    "m/",
    "p/",
    "%2e%2e/",
    "static/../",
)
NAMES = (Path(__file__).parents[1] / "probes" / "scanner_paths.txt").read_text(encoding="utf-8").split()
SUFFIXES = ("", "~", ".bak")
VERSION = re.compile(
    rb"(?:Django|granian|Python|WhiteNoise|nginx|allauth|SQLite|PostgreSQL)[ /]v?[0-9]+\.[0-9]+", re.IGNORECASE
)
TELLING = ("server", "x-powered-by", "x-runtime", "via")
OWN_PATHS = {"/p/", "/m/", "/status", "/static/../"}  # pages of ours that a list of probes meets


def prove(ask: ProofRequest) -> ProofResult:
    """Ask for each path with one kept connection after the other."""
    paths = [f"/{folder}{name}{suffix}" for folder, name, suffix in product(FOLDERS, NAMES, SUFFIXES)]
    most = ask.number_for_size(trial=150, quick=600, full=len(paths))
    some = paths[:: max(1, len(paths) // most)]
    with seeded_home() as home:
        web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
        try:
            hits, telling = _find_hits_and_version_leaks(web.port, some)
        finally:
            web.close()
    for one in (*hits, *telling)[:10]:
        print_progress(one)
    figures = (
        Figure("paths", len(some), "", None, 2_000 if len(some) > 1_000 else None, most=False),
        Figure("hits", len(hits), "", 0, 0),
        Figure("answers that say a version or a program", len(telling), "", 0, 0),
    )
    return ProofResult(len(some), "paths that scanners try, asked of the real server", figures)


def _find_hits_and_version_leaks(port: int, paths: list[str]) -> tuple[list[str], list[str]]:
    """What was there, and what told too much."""
    hits, telling = [], []
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for path in paths:
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read()
        if answer.status == 301 and answer.getheader("Location") == f"{path}/":  # only asks for the last stroke
            line.request("GET", f"{path}/")
            answer = line.getresponse()
            body = answer.read()
        if answer.status not in {400, 404} and path not in OWN_PATHS:
            hits.append(f"{answer.status} {path}")
        names = [name for name in TELLING if re.search(r"[0-9]", answer.getheader(name, ""))]
        if names or VERSION.search(body):
            telling.append(f"{path}: {names} {VERSION.findall(body)[:2]!r}")
    line.close()
    return hits, telling
