"""What every walk through the pages needs: a telephone that never scrolls sideways and reads one language only."""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Locator, Page, Request, Response

from plp.people.models import Person
from proof.probes.page_faults import untranslated_english_phrases
from tests.browser.conftest import picture, settled
from tests.browser.hands import Hands, Keyboard, Mouse, asked
from tests.portal.signing import AT, account_of, signed_in
from tests.portal.staff import PASSWORD, SECRET

FIRST = "one => [...one.options].find(other => other.value).value"
SESSION = settings.SESSION_COOKIE_NAME
WRONG = ".errorlist, .summary"


LOOK = """[
    document.location.href,
    document.documentElement.lang,
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    (() => {
        const body = document.body.cloneNode(true);
        body.querySelectorAll(`[lang]:not([lang='${document.documentElement.lang}'])`).forEach(one => one.remove());
        return document.title + ' ' + body.textContent.replace(/\\s+/g, ' ');
    })(),
]"""


class Telephone:
    """One person's browser: it goes to pages, types, presses, and never has to scroll sideways."""

    def __init__(self, page: Page, language: str, name: str = "") -> None:
        self.page, self.language, self.name = page, language, name
        self.password, self.secret = PASSWORD, SECRET
        self.seen: list[str] = []
        self.poor: list[str] = []
        self.forms: list[str] = []
        way = asked()
        self.hands: Hands = Keyboard(page, self.poor) if way and way.keys else Mouse(page)
        page.on("response", self._listen)
        page.on("request", self._count)

    def _listen(self, answer: Response) -> None:
        """Note a page that is not there, or that broke."""
        if answer.request.resource_type == "document" and answer.status >= 400:
            self.poor.append(f"{answer.status} {answer.url}")

    def _count(self, request: Request) -> None:
        """Note the address of each form that is sent; a draft that a page keeps by itself is none."""
        path = urlsplit(request.url).path
        if request.method == "POST" and not path.startswith("/drafts/"):
            self.forms.append(path)

    def go(self, address: str) -> None:
        """Open ``address`` and look at it."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        self.look()

    def look(self) -> None:
        """Note a page that is too wide or in the wrong language; keep a picture when pictures are asked for."""
        address, language, wide, words = settled(self.page, LOOK)
        path = address.split("/", 3)[3].split("?")[0]
        self.seen.append(re.sub(r"[0-9a-f-]{36}", "id", path).strip("/").replace("/", "-"))
        if wide > 0 or language != self.language:
            self.poor.append(path)
        self.poor += [f"{path}: {phrase}" for phrase in untranslated_english_phrases(self.language) if phrase in words]
        parts = (self.language, self.name, f"{len(self.seen):03}", self.seen[-1])
        picture(self.page, "-".join(filter(None, parts))[:150])

    def press(self, selector: str) -> None:
        """Press what ``selector`` names and look at what comes."""
        self.hands.press(self.page.locator(selector).first)
        self.look()

    def give(self, **fields: object) -> None:
        """Fill in fields by name: words are typed, ``True`` ticks, in a choice the value is chosen, a path is a file.

        ``__`` in a name stands for a hyphen; ``None`` is the first choice that says something.
        """
        for given, value in fields.items():
            name = given.replace("__", "-")
            field = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            while not field.first.is_visible():  # what is folded is unfolded, from outside in
                self.hands.strike(self.page.locator(f"details:not([open]):has([name='{name}']) > summary").first)
            self._fill(name, field, value)

    def _fill(self, name: str, field: Locator, value: object) -> None:
        kind = field.first.evaluate("one => one.type")
        if kind in {"checkbox", "radio"} and value in (True, None):
            self.hands.tick(field.first)
        elif kind in {"checkbox", "radio"}:
            for one in value if isinstance(value, list | tuple) else [value]:
                self.hands.tick(self.page.locator(f"main [name='{name}'][value='{one}']"))
        elif kind == "select-one":
            self.hands.choose(field.first, field.first.evaluate(FIRST) if value is None else str(value))
        elif isinstance(value, Path):
            self.hands.attach(field.first, value)
        else:
            self.hands.write(field.first, str(value))

    def send(self, button: str = "main form[method=post] button", **fields: object) -> None:
        """Fill in a form and send it; the page that comes finds no fault."""
        self.give(**fields)
        self.press(button)
        wrong = self.page.locator(WRONG)
        assert wrong.count() == 0, (self.page.url, wrong.all_inner_texts())

    def paper(self, address: str) -> bytes:
        """A paper that a page offers, as bytes."""
        answer = self.page.request.get(address)
        assert answer.status == 200, address
        return answer.body()

    def sign_in(self, someone: Person) -> None:
        """Password, then the code of the app."""
        self.go("/account/sign-in/")
        self.give(login=account_of(someone).email, password=self.password)
        self.press("main form button")
        self.prove()
        assert self.page.url.endswith("/")

    def enter(self, someone: Person) -> None:
        """Be signed in, as if both factors were proved now: the way there by the forms is walked by the foundings."""
        client = signed_in(someone, minutes_ago=(AT.timestamp() - time.time()) / 60)
        session = {"name": SESSION, "value": client.cookies[SESSION].value}
        self.page.context.add_cookies([{**session, "domain": "localhost", "path": "/"}])

    def prove(self) -> None:
        """Type the code that the app shows now."""
        self.give(code=format_hotp_value(hotp_value(self.secret, int(time.time()) // 30)))
        self.press("main form button")
