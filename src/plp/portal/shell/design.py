"""What the living page ``/design/`` shows: the tokens of ``base.css`` with their contrasts, and every component."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SHEET = Path(__file__).parent / "static" / "shell" / "base.css"
TEXT, EDGE = 7.0, 3.0  # AAA for every text, also of an alarm; AA for what is drawn (WCAG 1.4.6, 1.4.11)
LIGHT, DARK = "light", "dark"
SIZES = ("small", "text", "lead", "h3", "h2", "h1")  # of type
STEPS = (1, 2, 3, 4, 5, 6)  # of space
CLOSED = re.compile(r":root \{(.*?)\}", re.DOTALL)
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


@dataclass(frozen=True)
class ColourPair:
    """A colour of text or of an edge on its ground, what it is for, and the least contrast it must have."""

    ink: str
    ground: str
    use: Any
    least: float = TEXT

    @property
    def css_class(self) -> str:
        """The class that draws it."""
        return f"{self.ink}-on-{self.ground}"


PAIRS = (
    ColourPair("ink", "paper", _("Text on the page")),
    ColourPair("ink", "card", _("Text on a card")),
    ColourPair("ink-soft", "paper", _("Hint on the page")),
    ColourPair("ink-soft", "card", _("Hint on a card")),
    ColourPair("ink-soft", "sunken", _("State without colour, foot of the page")),
    ColourPair("main", "paper", _("Link on the page")),
    ColourPair("main", "card", _("Link on a card")),
    ColourPair("main", "main-wash", _("Where one is, under the pointer")),
    ColourPair("on-main", "main", _("Button")),
    ColourPair("on-main", "main-deep", _("Button under the pointer")),
    ColourPair("good", "good-wash", _("Done")),
    ColourPair("busy", "busy-wash", capfirst(_("on its way"))),
    ColourPair("warn", "warn-wash", _("Look at this")),
    ColourPair("bad", "bad-wash", _("Alarm, fault")),
    ColourPair("ink", "bad-wash", _("Words of an alarm")),
    ColourPair("bad", "card", _("Error of a field")),
    ColourPair("card", "bad", _("Button that cannot be undone")),
    ColourPair("line-strong", "card", _("Edge of a field"), EDGE),
    ColourPair("line-strong", "paper", _("Edge of a field"), EDGE),
    ColourPair("warm", "paper", _("The step of now, in a picture"), EDGE),
)


@dataclass(frozen=True)
class Measured:
    """A pair with its contrast by day and by night."""

    pair: ColourPair
    light: float
    dark: float


@dataclass(frozen=True)
class Component:
    """A part of a page: its name, how a template asks for it, when to use it. ``key`` names its template."""

    key: str
    title: Any
    tag: str
    use: Any

    @property
    def template_name(self) -> str:
        """What draws it in every state."""
        return f"shell/design/{self.key}.html"


COMPONENTS = (
    Component(
        "tasks",
        _("Tasks"),
        "{% task_list tasks %}",
        _("What waits, the urgent first. One line says what to do."),
    ),
    Component(
        "figures",
        _("Figures"),
        '{% figure number label "good" url %}',
        _("How things are, in counts. Four at most side by side; a figure leads to what it counts."),
    ),
    Component(
        "search",
        _("Search"),
        "{% search url label words %}",
        _("One field and one button. It finds only what one may see."),
    ),
    Component(
        "tiles",
        _("Ways on"),
        '<ul class="tiles" role="list"><li><a href="…">{% icon name %} …</a></li></ul>',
        _("From the home of a thing to all that belongs to it. An icon, and two or three words."),
    ),
    Component(
        "buttons",
        _("Buttons"),
        '{% button label kind="main" href=url icon="send" %}',
        _("One main button a page. A verb, and what it acts on. Red only where nothing brings it back."),
    ),
    Component(
        "states",
        _("States"),
        '{% state label "good" %}',
        _("One or two words. The word says it; the colour only helps."),
    ),
    Component(
        "notices",
        _("Notices"),
        '{% notice kind="warn" title=title %}…{% endnotice %}',
        _("Two sentences at most: what is the matter, and what to do."),
    ),
    Component(
        "progress",
        _("Progress"),
        "{% progress done total label poll=url %}",
        _("For whatever takes longer than a second."),
    ),
    Component(
        "table",
        _("Table"),
        '<table class="cards"> … {% card_rows rows label … %} … {% pagination page %}',
        _("For what one compares. On a narrow page each row becomes a card."),
    ),
    Component(
        "tabs",
        _("Tabs and breadcrumbs"),
        "{% tabs label url … current=request.path %} {% breadcrumbs label url … last %}",
        _("Tabs for sister pages, breadcrumbs for the way back. More than four tabs fold on a narrow page."),
    ),
    Component(
        "bubbles",
        _("Message"),
        '{% bubble text look="sms" sender=sender note=note %}',
        _("What its receiver will see, before it leaves."),
    ),
    Component(
        "timeline",
        _("Timeline"),
        "{% timeline %}{% moment at title %}…{% endmoment %}{% endtimeline %}",
        _("What happened, in order. Who did it, when, and why."),
    ),
    Component(
        "map",
        _("Map, bar, diagram"),
        "{% map drawn label=label %} {% map drawn field %} {% delivery tally %} {% flow chain %}",
        _("Made by the server, with the words or the list beside it. On a map, never a dot for a home."),
    ),
    Component(
        "folding",
        _("To unfold"),
        "{% details summary %}…{% enddetails %}",
        _("For what few people need. Nothing that one must know to go on."),
    ),
    Component(
        "done",
        _("Done, and undone"),
        "{% confirmation title %}…{% endconfirmation %} {% undo url %}…{% endundo %}",
        _("After an act: it is done, what comes next, and how to take it back."),
    ),
    Component(
        "empty",
        _("Nothing yet"),
        "{% empty title icon %}…{% endempty %}",
        _("Says when something will appear here, and what to do first."),
    ),
    Component(
        "form",
        _("Form"),
        "{% form_token %}{{ form }} {% button label %}",
        _("One thing a page. Every field has a label; a fault says what and how, and keeps what was typed."),
    ),
)


@cache
def colour_tokens() -> dict[str, dict[str, str]]:
    """The colours of the sheet, by day and by night."""
    light, dark = (dict(COLOUR.findall(part)) for part in CLOSED.findall(SHEET.read_text(encoding="utf-8"))[:2])
    return {LIGHT: light, DARK: dark}


def contrast_ratio(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrasts_of_pairs() -> Iterator[Measured]:
    """Every pair with its contrasts."""
    light, dark = colour_tokens()[LIGHT], colour_tokens()[DARK]
    for pair in PAIRS:
        yield Measured(
            pair, contrast_ratio(light[pair.ink], light[pair.ground]), contrast_ratio(dark[pair.ink], dark[pair.ground])
        )
