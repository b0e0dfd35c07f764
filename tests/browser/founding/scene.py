"""The stage of a founding: a town with one street or two, its police and its mayor, their telephones, and the clock."""

import html
import io
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pypdf
import time_machine

from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import BRUSSELS
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import area, hold, person
from tests.places.build import doors, street

AWAY = 20 * 60  # seconds after which the sign-in of an officer may have ended


@dataclass(frozen=True)
class Setting:
    """One partnership to be: where, of which kind, in which languages, and how its people read.

    ``streets`` pairs the names in French (or the only one) and Dutch; ``reads`` is the language of police and
    coordinator, ``beside`` that of mayor and neighbours; ``is_live``: the evening is led from a telephone.
    """

    key: str
    nis: str
    postcode: str
    town: str
    kind: str
    languages: tuple[str, ...]
    reads: str
    beside: str
    script: bool
    streets: tuple[dict[str, str], ...]
    is_live: bool = False


@dataclass
class Scene:
    """Everybody who takes part, each with a telephone of their own; ``clock`` is shifted when days must pass."""

    setting: Setting
    open_page: Opened
    clock: time_machine.Traveller
    phones: dict[str, Telephone] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    signed_in: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the town up: its streets with their doors, chief, two officers and a mayor."""
        setting = self.setting
        area("country", "be/", "Belgique")
        zone = area("zone", "be/z1/", f"{setting.town} ZP")
        self.town = area("municipality", f"be/z1/m{setting.nis}/", setting.town)
        Area.objects.filter(pk=self.town.pk).update(nis=setting.nis)
        for names in setting.streets:
            others = {f"name_{language}": name for language, name in names.items() if language != "fr"}
            made = street(names.get("fr", ""), nis=setting.nis, postcode=setting.postcode, **others)
            doors(made, *(str(number) for number in range(1, 9)))
        for name, role, over, language in (
            ("officer", Role.OFFICER, zone, setting.reads),
            ("second", Role.DEPUTY_OFFICER, zone, setting.reads),
            ("chief", Role.CHIEF, zone, setting.reads),
            ("mayor", Role.MUNICIPALITY, self.town, setting.beside),
        ):
            self.people[name] = person(f"{name.capitalize()} Muster", language)
            hold(self.people[name], role, over)

    @property
    def partnership(self) -> Partnership:
        """The partnership as it is now."""
        return Partnership.objects.get(key=self.setting.key)

    @property
    def today(self) -> date:
        """The Belgian day."""
        return datetime.fromtimestamp(time.time(), BRUSSELS).date()

    @property
    def poor(self) -> list[str]:
        """What any page lacked."""
        return [f"{name} {one}" for name, phone in self.phones.items() for one in phone.poor]

    def forms(self) -> Counter[tuple[str, str]]:
        """How many forms each person has sent, by name and kind: "acts", or "identity" (who one is, /account/)."""
        return Counter(
            (name, "identity" if path.startswith("/account/") else "acts")
            for name, phone in self.phones.items()
            for path in phone.forms
        )

    def later(self, days: int, hour: int = 10) -> None:
        """Let ``days`` pass, and be at a full hour of the Belgian clock."""
        then = datetime.combine(self.today + timedelta(days=days), datetime.min.time(), BRUSSELS)
        self.clock.move_to(then.replace(hour=hour))

    def wait(self, seconds: int = 30) -> None:
        """Let some seconds pass, as they do while somebody writes."""
        self.clock.shift(timedelta(seconds=seconds))

    def visitor(self, name: str, language: str = "") -> Telephone:
        """The telephone of somebody who needs no sign-in."""
        if name not in self.phones:
            reads = language or self.setting.beside
            self.phones[name] = self._opened(name, reads)
        return self.phones[name]

    def phone(self, name: str) -> Telephone:
        """The telephone of somebody who signs in; once by the forms, after a long time away as if by them."""
        someone = self.people[name]
        if name not in self.phones:
            self.phones[name] = self._opened(name, someone.language)
            self.wait()
            self.phones[name].sign_in(someone)
        elif abs(time.time() - self.signed_in[name]) > AWAY:
            self.phones[name].enter(someone)
        else:
            return self.phones[name]
        self.signed_in[name] = time.time()
        return self.phones[name]

    def _opened(self, name: str, language: str) -> Telephone:
        page = self.open_page(script=self.setting.script, language=language)
        return Telephone(page, language, f"{self.setting.key}-{name}")

    def at_home(self, name: str, part: str) -> str:
        """The address of ``part`` of this partnership in the subject ``name``."""
        return f"/{name}/{self.setting.key}/{part}"


def leads_on(scene: Scene) -> str:
    """From "Where are we?" straight to a form: what the first button of the page opens for the officer.

    Asked without drawing the pages: they are looked at when somebody walks through them.
    """
    ask = scene.phone("officer").page.request
    page = ask.get(scene.at_home("launch", "")).text()
    button = re.search(r'<section class="card">.*?<p class="actions">\s*<a [^>]*href="([^"]+)"', page, re.DOTALL)
    assert button is not None, "no next act"
    form = ask.get(html.unescape(button[1]))
    assert form.status == 200, button[1]
    assert re.search(r"<main.*<form", form.text(), re.DOTALL), button[1]
    return button[1]


def codes_in(pdf: bytes, pattern: str) -> list[str]:
    """The codes that stand on a printed paper."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.findall(pattern, text)
