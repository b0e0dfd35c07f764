"""The five tasks of every day, with one finger: each touch and each page that opens is counted.

A touch is a press on a link, a button or what unfolds, or a field that is filled in, chosen or ticked.
"""

from dataclasses import asdict, dataclass

from playwright.sync_api import Page, Response

from plp.places.models import Street
from tests.portal.membership.self_service.test_members import code_of


@dataclass(frozen=True)
class TaskCount:
    """What one task takes, from the first page on, which is not counted itself."""

    touches: int
    pages: int

    def as_json(self) -> dict[str, int]:
        """For the proof ``tasks``."""
        return asdict(self)


class Finger:
    """One finger on one telephone, at the first page."""

    def __init__(self, page: Page) -> None:
        page.goto("/")
        self.page, self.touches, self.pages = page, 0, 0
        self.heard = self._read()
        page.on("response", self._count)

    def _count(self, answer: Response) -> None:
        if answer.request.resource_type == "document" and answer.status < 300:
            self.pages += 1

    def _read(self) -> str:
        """What a screen reader is told of this page: roles, names and states, in the order in which they are read."""
        return self.page.locator("main").aria_snapshot()

    def press(self, selector: str) -> None:
        """Press the first that ``selector`` names, and wait for what comes."""
        self.touches += 1
        opened = self.pages
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        if self.pages > opened:
            self.heard += f"\n\n{self._read()}"

    def fill(self, **fields: object) -> None:
        """Fields by name: words are typed, ``True`` ticks, of a list the value is chosen."""
        for name, value in fields.items():
            self.touches += 1
            field = self.page.locator(f"main [name='{name}']:not([type=hidden])").first
            kind = field.evaluate("field => field.type")
            if kind in {"checkbox", "radio"}:
                field.check()
            elif kind == "select-one":
                field.select_option(str(value))
            else:
                field.fill(str(value))


def read_and_stop(finger: Finger) -> None:
    """A member opens the messages by a code, reads the newest, and stops them."""
    finger.fill(address="mia@plp.test")
    finger.press("main form[action='/m/'] button")
    finger.fill(code=code_of())
    finger.press("main form[method=post] button")
    assert finger.page.get_by_text("Vol par ruse").is_visible()
    finger.press("main form[action^='/stop/'] button")


def relay(finger: Finger) -> None:
    """A coordinator reads what the police released, and passes it on."""
    finger.press("main a[href*='/coordinator/messages/']")
    assert finger.page.get_by_text("Deux personnes en vêtements").first.is_visible()
    finger.press("main form[method=post] button")
    assert finger.page.url.endswith("/progress/")


def add_neighbour(finger: Finger) -> None:
    """A coordinator enters the form of a neighbour who has a landline."""
    street = Street.objects.get(name_fr="Rue de Verdun").pk
    finger.press("main a[href^='/enrolment/'][href$='/form/']")
    finger.fill(name="Ada Exemple", street=street, house="12", phone="02 279 12 34")
    finger.press("main form[method=post] button:not([name])")


def cover_absence(finger: Finger) -> None:
    """A coordinator leaves the tasks to the deputy for a week."""
    finger.press("main details:has([name=ends_on]) > summary")
    finger.fill(starts_on="2026-12-01", ends_on="2026-12-08")
    finger.press("main form[action$='/absence/'] button")


def join(finger: Finger) -> None:
    """A neighbour looks their street up and joins, to be reached by e-mail."""
    finger.press("main a[href='/street/']")
    finger.fill(street="Rue de Verdun", number="12", postcode="1130")
    finger.press("main form button")
    finger.press("main button[name=join]")
    finger.fill(name="Bea Exemple", use_email=True, address_email="bea@plp.test", is_adult=True, accepts_rules=True)
    finger.press("main form#join .actions button")
    finger.fill(code=code_of())
    finger.press("main form[method=post] button")
