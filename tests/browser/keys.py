"""Somebody who has a keyboard and no mouse: Tab, Shift, Enter, space, arrows and letters."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

MOST = 150  # presses of Tab on one page: a page that needs more tires people out
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect(), look = getComputedStyle(one);
    const seen = (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== 'none';
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!document.steps) document.steps = [...document.querySelectorAll('*')];
    const part = one.matches(':focus-within') && !one.matches(':focus');  // the calendar of a day: the browser rings it
    const rung = part || (seen && one.matches(':focus-visible'));
    return [document.steps.indexOf(one), rung && inside, one.outerHTML.slice(0, 100)];
}"""


@dataclass
class Keys:
    """A page led by keys alone; ``poor`` gathers what a person could not see or reach."""

    page: Page
    poor: list[str]

    def __post_init__(self) -> None:
        """What slides into sight is there at once."""
        self.page.emulate_media(reduced_motion="reduce")

    def walk(self) -> int:
        """Press Tab from the top of the page to its end; answer how many stops there were.

        Each is where it is read, can be seen, and lets one go on.
        """
        stops: list[int] = []
        for _press in range(MOST):
            found: Any = self._tab()
            if found is None or found[0] in stops[:1]:
                self.poor += [] if stops == sorted(stops) else [f"{self.page.url}: out of order {stops}"]
                return len(stops)
            stops.append(found[0])
        self.poor.append(f"{self.page.url}: no end after {MOST} stops, at {found}")
        return len(stops)

    def _tab(self) -> Any:
        self.page.keyboard.press("Tab")
        found = self.page.evaluate(FOCUSED)
        if found and not found[1]:
            self.poor.append(f"{self.page.url}: focus not seen on {found[2]}")
        return found

    def to(self, selector: str) -> None:
        """Press Tab until what ``selector`` names has the focus."""
        for _press in range(MOST):
            self._tab()
            if self.page.evaluate("(one) => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached on {self.page.url}")

    def until(self, control: Locator, met: str = "(one) => one === document.activeElement") -> None:
        """Press Tab until ``control`` has the focus, or until what ``met`` asks of it."""
        for _press in range(MOST):
            self._tab()
            if control.evaluate(met):
                return
        raise AssertionError(f"{control} cannot be reached on {self.page.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go there and press ``key``, which opens another page."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, selector: str, words: str) -> None:
        """Go there and type."""
        self.to(selector)
        self.page.keyboard.type(words)

    def tick(self, selector: str) -> None:
        """Go there and press the space bar."""
        self.to(selector)
        self.page.keyboard.press("Space")
