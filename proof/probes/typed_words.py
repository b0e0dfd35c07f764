"""Types words into every form, sends it wrong in each way it knows, and looks for the words in the answer.

It runs in the process that has the data folder; nothing that a form does stays. What went through is no refusal: its
answer leads to another page, which then says nothing of a problem.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import html as lxml_html

from proof.harness.identities import IdentityBrowser, rolled_back, silence_django_log
from proof.probes.access_matrix import AccessMatrix, sampled_rows
from proof.probes.access_table import read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

TYPED = {"text", "search", "email", "tel", "url", "textarea", "number", "date", "time", "datetime-local"}
NOT_TYPED = {"submit", "button", "image", "reset", "file", "password"}
SKIPPED = re.compile(r"/language/|/account/sign-out/|/m/sign-out/|/drafts/|/design/|/demo/")
KEY = re.compile(r"[0-9a-f-]{32,36}")
PROBLEM = 'class="notice notice-bad"'
LONG = 400  # how often a word is typed where too much is typed
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class DrawnForm:
    """A form as a browser sees it: where it goes, what it sends untouched, and into what one types."""

    address: str
    fixed: dict[str, list[str]]
    typed: list[str]  # names of the fields for words
    hidden: set[str]


def post_forms_of_page(page: str, address: str) -> Iterator[DrawnForm]:
    """Those of a page that are sent by POST and into which words are typed."""
    document = lxml_html.fromstring(page, base_url=address)
    for form in document.iter("form"):
        if (form.get("method") or "").lower() != "post":
            continue
        drawn = DrawnForm((form.get("action") or address).partition("#")[0] or address, {}, [], set())
        for control in form.iter("input", "textarea", "select"):
            if control.get("form") in {None, form.get("id")}:  # else it belongs to another form of the page
                _add_control(drawn, control)
        button = next((one for one in form.iter("button") if one.get("name") and not one.get("formaction")), None)
        if button is not None:
            drawn.fixed.setdefault(button.get("name"), []).append(button.get("value") or "")
        if drawn.typed and not SKIPPED.match(drawn.address):
            yield drawn


def _add_control(drawn: DrawnForm, control: Any) -> None:
    name, kind = control.get("name"), control.get("type") or ("text" if control.tag == "input" else control.tag)
    if not name or kind in NOT_TYPED or control.get("disabled") is not None:
        return
    if kind in TYPED:
        drawn.typed.append(name)
    elif kind == "select":
        values = [option.get("value") or "" for option in control.iter("option")]
        drawn.fixed.setdefault(name, []).extend([value for value in values if value][:1])
    elif kind == "hidden":
        drawn.hidden.add(name)
        drawn.fixed.setdefault(name, []).append(control.get("value") or "")
    elif kind != "radio" or name not in drawn.fixed:
        drawn.fixed.setdefault(name, []).append(control.get("value") or "on")


def ways_to_fill_form(drawn: DrawnForm) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each way to send it: in words, with too many of them, with one field empty, and with nothing chosen."""
    words = {name: [f"Zqx{number}q wort"] for number, name in enumerate(dict.fromkeys(drawn.typed))}
    yield "words", drawn.fixed | words
    yield "long", drawn.fixed | {name: [f"{value[0]} " * LONG] for name, value in words.items()}
    yield "nothing chosen", {name: drawn.fixed[name] for name in drawn.hidden} | words
    for name in list(words)[:1] if len(words) > 1 else ():
        yield "empty", drawn.fixed | words | {name: [""]}


def submit_and_list_lost_fields(browser: IdentityBrowser, drawn: DrawnForm, sent: Mapping[str, list[str]]) -> list[str]:
    """The names of the fields whose words the answer does not show."""
    with rolled_back():
        answer = browser.client.post(drawn.address, sent, headers=SAME_ORIGIN, secure=browser.secure)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []  # a file: it went through
        if answer.status_code in {301, 302}:
            place = answer.headers["Location"]
            answer = browser.client.get(place, secure=browser.secure) if place.startswith("/") else answer
            if PROBLEM not in answer.getvalue().decode(errors="replace"):
                return []
        page = unescape(answer.getvalue().decode(errors="replace"))
    return [name for name in drawn.typed if sent[name][0].strip() and sent[name][0].strip() not in page]


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``typed``."""
    silence_django_log()
    tried, known, lost = 0, set[tuple[str, tuple[str, ...]]](), []
    for browser, drawn in _every_form(AccessMatrix(seed), ask.number_for_size(trial=30, quick=60, full=10_000), ask):
        form = KEY.sub("", drawn.address), tuple(drawn.typed)
        if form in known:
            continue
        known.add(form)
        for way, sent in ways_to_fill_form(drawn):
            tried += 1
            names = submit_and_list_lost_fields(browser, drawn, sent)
            lost += [f"{browser.name} {drawn.address} ({way}): {', '.join(names)}"] if names else []
    for line in lost:
        print_progress(line)
    figures = (Figure("forms", len(known)), Figure("sendings that lose words", len(lost), "", 0, 0))
    return ProofResult(tried, "sendings of forms with words typed into them", figures, details={"lost": lost})


def _every_form(matrix: AccessMatrix, most: int, ask: ProofRequest) -> Iterator[tuple[IdentityBrowser, DrawnForm]]:
    """Each form that somebody may send, of at most so many pages."""
    for row in sampled_rows(ask, read_access_rows(), most):
        url, letters = matrix.url_by_owner(row).get("own"), row.cells["GET"].get("own", "")
        for browser, letter in zip(matrix.browsers, letters, strict=False):
            if url is not None and letter == "A" and not SKIPPED.match(url):
                yield from ((browser, drawn) for drawn in _fetch_forms(browser, url))


def _fetch_forms(browser: IdentityBrowser, url: str) -> list[DrawnForm]:
    answer = browser.request_and_roll_back("GET", url)
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    page = answer.getvalue().decode() if is_page else ""
    return list(post_forms_of_page(page, url)) if 'method="post"' in page else []
