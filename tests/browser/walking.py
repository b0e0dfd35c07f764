"""What every walk through the pages needs: a telephone that never scrolls sideways and reads one language only."""

import re
import time
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, Response

import plp
from plp.people.models import Person
from tests.browser.conftest import picture
from tests.portal.signing import account_of
from tests.portal.staff import PASSWORD, SECRET

WORDS = 3  # an English phrase of fewer words may be a name or a word of another language, too
WRONG = ".errorlist, .summary"


@cache
def english(language: str) -> list[str]:
    """Our English phrases that never stand on a page in ``language``: the sources of its catalogues."""
    phrases: dict[str, str] = {}
    for catalogue in Path(plp.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/django.mo"):
        with catalogue.open("rb") as file:
            for key, words in GNUTranslations(file)._catalog.items():
                phrases[key if isinstance(key, str) else key[0]] = words
    own = "\n".join(phrases.values())
    pieces = {piece.strip(" .:\n") for phrase in phrases for piece in re.split(r"%\([a-z_]+\)[sd]|%[sd]|\n", phrase)}
    return sorted(piece for piece in pieces if len(piece.split()) >= WORDS and piece not in own)


LOOK = """[
    document.location.href,
    document.documentElement.lang,
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    document.title + ' ' + document.body.textContent.replace(/\\s+/g, ' '),
]"""


class Telephone:
    """One person's browser: it goes to pages, types, presses, and never has to scroll sideways."""

    def __init__(self, page: Page, language: str, name: str = "") -> None:
        self.page, self.language, self.name = page, language, name
        self.password, self.secret = PASSWORD, SECRET
        self.seen: list[str] = []
        self.poor: list[str] = []
        page.on("response", self._listen)

    def _listen(self, answer: Response) -> None:
        """Note a page that is not there, or that broke."""
        if answer.request.resource_type == "document" and answer.status >= 400:
            self.poor.append(f"{answer.status} {answer.url}")

    def go(self, address: str) -> None:
        """Open ``address`` and look at it."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        self.look()

    def look(self) -> None:
        """Note a page that is too wide or in the wrong language; keep a picture when pictures are asked for."""
        address, language, wide, words = self.page.evaluate(LOOK)
        path = address.split("/", 3)[3].split("?")[0]
        self.seen.append(re.sub(r"[0-9a-f-]{36}", "id", path).strip("/").replace("/", "-"))
        if wide > 0 or language != self.language:
            self.poor.append(path)
        self.poor += [f"{path}: {phrase}" for phrase in english(self.language) if phrase in words]
        parts = (self.language, self.name, f"{len(self.seen):03}", self.seen[-1])
        picture(self.page, "-".join(filter(None, parts))[:150])

    def press(self, selector: str) -> None:
        """Press what ``selector`` names and look at what comes."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def give(self, **fields: object) -> None:
        """Fill in fields by name: words are typed, ``True`` ticks, in a choice the value is chosen.

        ``__`` in a name stands for a hyphen.
        """
        for given, value in fields.items():
            name = given.replace("__", "-")
            field = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            if not field.first.is_visible():
                self.page.locator(f"details:has([name='{name}']) > summary").first.click()
            kind = field.first.evaluate("one => one.type")
            if kind == "checkbox" and value is True:
                field.first.check()
            elif kind in {"checkbox", "radio"}:
                for one in value if isinstance(value, list | tuple) else [value]:
                    self.page.locator(f"main [name='{name}'][value='{one}']").check()
            elif kind == "select-one":
                field.first.select_option(str(value))
            else:
                field.first.fill(str(value))

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
        self.page.locator("input[name=login]").fill(account_of(someone).email)
        self.page.locator("input[name=password]").fill(self.password)
        self.press("main form button")
        self.prove()
        assert self.page.url.endswith("/")

    def prove(self) -> None:
        """Type the code that the app shows now."""
        self.page.locator("input[name=code]").fill(format_hotp_value(hotp_value(self.secret, int(time.time()) // 30)))
        self.press("main form button")
