"""Hands on a page: with a mouse, or with a keyboard alone. A journey is written once and walked in each of the ways.

``WAY=keys pytest -m journey tests/browser`` walks all of them by keyboard; without ``WAY`` each goes as it asks for.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

from tests.browser.keys import Keys

TYPED = {"date": ("%m%d%Y",), "datetime-local": ("%m%d%Y", "%I%M%p"), "time": ("%I%M%p",)}  # as this browser asks
CHOICES = "one => [...one.options].filter(other => !other.disabled).map(other => other.value)"
AMONG = "one => document.activeElement.type === 'radio' && document.activeElement.name === one.name"
BESIDE = "one => [...one.form.elements].filter(other => other.name === one.name).length"


@dataclass(frozen=True)
class Way:
    """One way to walk through the pages."""

    wide: bool = True
    script: bool = True
    keys: bool = False


WAYS = {"script": Way(), "plain": Way(script=False), "narrow": Way(wide=False), "keys": Way(keys=True)}


def asked() -> Way | None:
    """The way in which every journey is to be walked now, if one is asked for."""
    return WAYS[os.environ["WAY"]] if "WAY" in os.environ else None


class Hands(Protocol):
    """What one does to the controls of a page."""

    def press(self, control: Locator) -> None:
        """A link or a button that opens another page."""

    def strike(self, control: Locator) -> None:
        """A button or a summary that stays on this page."""

    def write(self, field: Locator, words: str) -> None:
        """Words, a number, a day (as ISO) into a field."""

    def tick(self, box: Locator) -> None:
        """A box or one of several."""

    def choose(self, field: Locator, value: str) -> None:
        """One of a list that unfolds."""

    def attach(self, field: Locator, file: Path) -> None:
        """A file of one's own."""


class Mouse:
    """A mouse, or a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        """Click, and wait for the page."""
        control.click()
        self.page.wait_for_load_state()

    def strike(self, control: Locator) -> None:
        """Click."""
        control.click()

    def write(self, field: Locator, words: str) -> None:
        """Type."""
        field.fill(words)

    def tick(self, box: Locator) -> None:
        """Click if it is not ticked."""
        box.check()

    def choose(self, field: Locator, value: str) -> None:
        """Pick it."""
        field.select_option(value)

    def attach(self, field: Locator, file: Path) -> None:
        """Pick it from the folder."""
        field.set_input_files(file)


class Keyboard:
    """Tab to a control, seeing where one is; then Enter, space, arrows and letters."""

    def __init__(self, page: Page, poor: list[str]) -> None:
        self.page, self.keys, self.type = page, Keys(page, poor), page.keyboard
        page.on("filechooser", lambda _: None)  # from now on the browser asks us for files, before a key can be pressed

    def _reach(self, control: Locator) -> None:
        if not control.evaluate("one => one === document.activeElement"):
            self.keys.until(control)

    def press(self, control: Locator) -> None:
        """Enter, which opens a page."""
        self._reach(control)
        with self.page.expect_navigation():
            self.type.press("Enter")

    def strike(self, control: Locator) -> None:
        """Enter, which does something here."""
        self._reach(control)
        self.type.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        """Type over what stands there; a day and an hour by their parts."""
        self._reach(field)
        kind = field.evaluate("one => one.type")
        if kind not in TYPED:
            self.type.press("ControlOrMeta+A")
            self.type.press("Delete")
            self.type.type(words)
        else:
            moment = datetime.strptime(words, "%H:%M") if kind == "time" else datetime.fromisoformat(words)
            for number, part in enumerate(TYPED[kind]):
                if number:
                    self.type.press("ArrowRight")
                self.type.type(moment.strftime(part))
        assert field.input_value() == words, (field.input_value(), words)

    def tick(self, box: Locator) -> None:
        """Space on a box; on one of several, arrows from the one that Tab reaches."""
        if box.evaluate("one => one.type") == "checkbox":
            self._reach(box)
            if not box.is_checked():
                self.type.press("Space")
        else:
            self._among(box)
        assert box.is_checked()

    def _among(self, box: Locator) -> None:
        """Tab stops at the ticked one of a group, or at an end of it where none is ticked."""
        if box.is_checked():
            return
        self.keys.until(box, AMONG)
        if box.evaluate("one => one === document.activeElement"):
            self.type.press("Space")
            return
        for _other in range(box.evaluate(BESIDE)):
            self.type.press("ArrowDown")
            if box.is_checked():
                return

    def choose(self, field: Locator, value: str) -> None:
        """Home, and down to it."""
        self._reach(field)
        self.type.press("Home")
        for _one in range(field.evaluate(CHOICES).index(value)):
            self.type.press("ArrowDown")
        assert field.input_value() == value, (field.input_value(), value)

    def attach(self, field: Locator, file: Path) -> None:
        """Enter opens the chooser of files."""
        self._reach(field)
        with self.page.expect_file_chooser() as chooser:
            self.type.press("Enter")
        chooser.value.set_files(file)
