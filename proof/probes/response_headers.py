"""The headers and cookies of every answer beside what they must be, with a public origin (docs/security.md#browser)."""

import random
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from proof.harness.identities import IdentityBrowser, silence_django_log
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
}
EXACT = {
    "Strict-Transport-Security": {"max-age=31536000; includeSubDomains"},
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
    "Permissions-Policy": {
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    },
}
COOKIES = {"__Host-session", "__Host-csrf", "__Host-language"}
TELLING = ("Server", "X-Powered-By", "X-Runtime", "X-AspNet-Version")
PLAIN = "/street/"  # asked without TLS
WHO = ("anonymous", "member", "coordinator", "officer")


def header_faults(answer: HttpResponse, *, is_known: bool) -> list[str]:
    """What is wrong with the headers and cookies of one answer."""
    found = [name for name, values in EXACT.items() if answer.headers.get(name) not in values]
    found += [f"{name} tells" for name in TELLING if name in answer.headers]
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    kept = {part for part in policy if not part.startswith("report-uri")}
    if kept not in (POLICY, {"default-src 'none'", "sandbox"}):
        found.append("Content-Security-Policy")
    if is_known and set(re.split(r", ?", answer.headers.get("Cache-Control", ""))) != {"no-store", "private"}:
        found.append("Cache-Control")
    for name, morsel in answer.cookies.items():
        is_gone = not morsel.value
        exact = morsel["secure"] and morsel["httponly"] and morsel["samesite"] in {"Lax", "Strict"}
        if name not in COOKIES or morsel["domain"] or morsel["path"] != "/" or not (exact or is_gone):
            found.append(f"cookie {name}")
    return found


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``headers``."""
    silence_django_log()
    walls = AccessMatrix(seed)
    urls = [url for row in read_access_rows().values() if (url := walls.url_by_owner(row).get("own"))]
    some = random.Random(ask.seed).sample(urls, min(len(urls), ask.number_for_size(trial=25, quick=50, full=10_000)))
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    for browser in [one for one in walls.browsers if one.name in WHO]:
        for kind, answer in _responses_with_kind(browser, some):
            kinds[kind] += 1
            wrong += [
                f"{browser.name} {kind}: {one}" for one in header_faults(answer, is_known=browser.who is not None)
            ]
    for one, number in Counter(wrong).most_common(20):
        print_progress(f"{number} × {one}")
    figures = (
        Figure("answers", sum(kinds.values())),
        Figure("with a header or cookie that is not exactly as it must be", len(wrong), "", 0, 0),
        Figure("kinds of answers met", len(kinds), "", 6, 6, most=False),
    )
    return ProofResult(
        sum(kinds.values()), "answers: pages, errors, redirects, files", figures, details={"kinds": dict(kinds)}
    )


def _responses_with_kind(browser: IdentityBrowser, urls: list[str]) -> Any:
    """Each answer with its kind: pages of every route, and the errors that a walk does not meet."""
    extra: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/no-such-page", {}),
        ("GET", "/static/shell.css", {}),
        ("GET", "/static/no-such-file.css", {}),
        ("GET", "/", {"HTTP_HOST": "evil.example"}),
        ("GET", PLAIN, {}),
        ("DELETE", "/language/", {}),
    ]
    for url in urls:
        answer = browser.client.generic("GET", url, secure=True)
        kind = answer.headers.get("Content-Type", "none").partition(";")[0]
        yield f"{answer.status_code} {kind}", answer
    for method, url, more in extra:
        answer = browser.client.generic(method, url, secure=url != PLAIN, **more)
        yield f"{answer.status_code} {method} {url}", answer
