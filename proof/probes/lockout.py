"""Strangers try codes and passwords at a running server, from thousands of networks, while people come in (T5, T17).

The strangers: half of their tries are codes, half passwords; of each half for addresses that nobody has, and half
for people who come in meanwhile. Every tenth sits in the network of somebody who comes in. Nobody keeps waits. They
hold still now and then, while other people come in: so pages with them and without are compared minute by minute, and
whatever else the machine does weighs on both.
"""

import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.management import call_command

from plp.delivery.models import MessageText
from plp.people.queries import contacts_at
from plp.toolbox import clock
from proof.harness.form_browser import FormBrowser, Page
from proof.harness.web_server import WebServer
from tests.factories import cast, outbox
from tests.portal.staff import PASSWORD, Staff, code, staff

LETTERS = str.maketrans("0123456789", "ghijklmnop")
CODE = re.compile(r"\b\d{4} \d{4} \d{4}\b|\b\d{8}\b")
WAIT = re.compile(r"Wait (\d+) seconds")
SIGN_IN, SECOND, ASK, TYPE = "/account/sign-in/", "/account/sign-in/second-factor/", "/m/", "/m/code/"
MOST_WAITS, HANDS = 40, 4
MOST_ROUNDS = 10  # of strangers who hold still, then try
TRIES_EACH = 5  # of one stranger at one address


@dataclass
class Somebody:
    """Who comes in: a member, or an officer with a password. ``browser``: one that is known already, or new."""

    email: str
    address: str
    browser: FormBrowser
    officer: Staff | None = None
    is_known: bool = False
    came: str = ""
    waited: int = 0


@dataclass
class Scene:
    """The server, who comes in, and what the strangers do."""

    port: int
    members: list[Somebody]
    officers: list[Somebody]
    networks: int
    tries: int
    dice: random.Random
    done: int = 0
    right: int = 0
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_open: threading.Event = field(default_factory=threading.Event)  # to the strangers
    calm: list[list[float]] = field(default_factory=list)  # seconds of pages, round by round
    meanwhile: list[list[float]] = field(default_factory=list)

    @property
    def shuffled_people(self) -> list[Somebody]:
        """Everybody who comes in, mixed."""
        mixed = [*self.members, *self.officers]
        random.Random(1).shuffle(mixed)
        return mixed


def try_and_count(members: int, officers: int, networks: int, tries: int, rate: float, seed: int) -> dict[str, Any]:
    """Answers who came in and how, what the strangers got, and seconds of pages: ``rounds``, a pair of lists each."""
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    cast.NOW = clock.now() - timedelta(days=1)
    people = cast.Cast()
    scene_of = SimpleNamespace(environment=dict(environ), log=Path(environ["PLP_HOME"], "sink.log"))
    web = WebServer(scene_of, 1, PLP_PROXIES="1")  # type: ignore[arg-type]
    try:
        coming = [_create_member_with_browser(people, web.port, number) for number in range(members)]
        office = [_create_officer_with_browser(web.port, number) for number in range(officers)]
        scene = Scene(web.port, coming, office, networks, tries, random.Random(seed))
        others = _create_visitors_of_calm_rounds(people, web.port, members + officers)
        _sign_every_second_in_and_out(scene)
        _flood_and_measure_sign_ins(scene, others, rate)
    finally:
        web.close()
    return _result_of_scene(scene)


def _create_member_with_browser(people: cast.Cast, port: int, number: int) -> Somebody:
    email = f"member{number}@plp.test"
    cast.contact(cast.member(people.here.partnership, f"Mia {_number_as_letters(number)}"), "email", email)
    return Somebody(email, _address_in_network(number), FormBrowser(port, _address_in_network(number)))


def _create_officer_with_browser(port: int, number: int) -> Somebody:
    made = staff(f"Ann {_number_as_letters(number)}")
    cast.contact(made.person, "email", made.email)
    address = _address_in_network(5_000 + number)
    return Somebody(made.email, address, FormBrowser(port, address), officer=made)


def _number_as_letters(number: int) -> str:
    return str(number).translate(LETTERS).capitalize()


def _address_in_network(number: int) -> str:
    """An address in the network of this number."""
    return f"10.{number // 250}.{number % 250}.7"


def _create_visitors_of_calm_rounds(people: cast.Cast, port: int, number: int) -> list[Somebody]:
    """Half as many again, who come in while the strangers hold still; as many officers among them as later."""
    officers = max(2, number // 22)
    visitors = [
        _create_member_with_browser(people, port, 20_000 + place) for place in range(max(4, number // 2 - officers))
    ]
    every = len(visitors) // officers
    for place in range(officers):
        visitors.insert(place * (every + 1), _create_officer_with_browser(port, 20_000 + place))
    return visitors


def _sign_every_second_in_and_out(scene: Scene) -> None:
    """Every second one was here before, in the browser in which they come again."""
    for one in [*scene.members[::2], *scene.officers[::2]]:
        sign_in_person(one)
        one.browser.post_form("/account/sign-out/" if one.officer else "/m/sign-out/")
        one.is_known, one.came, one.waited = True, "", 0
        one.browser.pages.clear()


def _flood_and_measure_sign_ins(scene: Scene, others: list[Somebody], rate: float) -> None:
    """The strangers at so many requests a second; in each round some come in without them, then some meanwhile."""
    rounds = min(MOST_ROUNDS, len(others) // 3)
    with ThreadPoolExecutor(HANDS) as strangers:
        flood = [strangers.submit(_send_guesses_at_rate, scene, rate / HANDS) for _ in range(HANDS)]
        try:
            for place in range(rounds):
                scene.is_open.clear()
                time.sleep(0.5)  # what is under way ends
                scene.calm.append(_sign_in_seconds_without_flood(others[place::rounds]))
                scene.is_open.set()
                scene.meanwhile.append(_sign_in_seconds_during_flood(scene, place, rounds, flood))
        finally:
            scene.is_open.set()
        for hand in flood:
            hand.result()


def _sign_in_seconds_during_flood(scene: Scene, place: int, rounds: int, flood: list[Any]) -> list[float]:
    """Those of this round come in, spread over its share of the tries; sorted seconds of their pages."""
    coming = scene.shuffled_people[place::rounds]
    for number, person in enumerate(coming):
        while scene.done < scene.tries * (place + number / len(coming)) / rounds and not _has_flood_failed(flood):
            time.sleep(0.05)
        sign_in_person(person)
    return _sorted_page_seconds(coming)


def _sign_in_seconds_without_flood(coming: list[Somebody]) -> list[float]:
    for person in coming:
        sign_in_person(person)
    return _sorted_page_seconds(coming)


def _sorted_page_seconds(people: list[Somebody]) -> list[float]:
    return sorted(page.seconds for person in people for page in person.browser.pages)


def _has_flood_failed(flood: list[Any]) -> bool:
    return any(one.done() and one.exception() for one in flood)


def _send_guesses_at_rate(scene: Scene, rate: float) -> None:
    """One hand of the strangers: from ever another network, never faster than ``rate``."""
    due = time.monotonic()
    while True:
        with scene.lock:
            if scene.done >= scene.tries:
                return
            scene.done += TRIES_EACH
            network = scene.dice.randrange(scene.networks)
            if scene.dice.random() < 0.1:
                address = scene.dice.choice(scene.shuffled_people).address
            else:
                address = _address_in_network(10_000 + network)
            is_code, is_known = scene.dice.random() < 0.5, scene.dice.random() < 0.5
            victim = scene.dice.choice(scene.members if is_code else scene.officers)
            who = victim.email if is_known else f"nobody{scene.dice.randrange(10**9)}@plp.test"
        browser = FormBrowser(scene.port, address)
        for page in _post_wrong_guesses(browser, who, is_code=is_code, dice=scene.dice):
            scene.is_open.wait()
            with scene.lock:
                scene.right += page.status == 302 and page.leads_to not in {TYPE}
                scene.refused += page.status >= 400
            due = (
                max(due, time.monotonic() - 1) + 1 / rate
            )  # what was not tried while they held still is not made up for
            time.sleep(max(0.0, due - time.monotonic()))


def _post_wrong_guesses(browser: FormBrowser, who: str, *, is_code: bool, dice: random.Random) -> Any:
    if is_code:
        yield browser.post_form(ASK, address=who)
    for _ in range(TRIES_EACH):
        if is_code:
            yield browser.post_form(TYPE, code=f"{dice.randrange(10**8):08d}")
        else:
            yield browser.post_form(SIGN_IN, login=who, password=f"quatre velos rouges {dice.randrange(10**9)}")


def sign_in_person(one: Somebody) -> None:
    """As a person does it, who reads what the page says: waits, and proves their mailbox where that is asked."""
    if one.officer is None:
        one.came = "by code" if _sign_in_by_code(one) else ""
        return
    page, proven = _post_password(one), False
    while page.status != 302 and one.waited < MOST_WAITS:
        if "by a code to this address first" in page.body and not proven:
            proven = _sign_in_by_code(one)
        elif not _wait_if_page_says_so(one, page):
            return
        page = _post_password(one)
    for steps in (0, 1, -1):
        if one.browser.post_form(SECOND, code=code(steps)).status == 302:
            one.came = "by mailbox and password" if proven else "by password"
            return


def _post_password(one: Somebody) -> Page:
    return one.browser.post_form(SIGN_IN, login=one.email, password=PASSWORD)


def _sign_in_by_code(one: Somebody) -> bool:
    """Ask, look into the mailbox, type."""
    asked = one.browser.post_form(ASK, address=one.email)
    while asked.status != 302 and _wait_if_page_says_so(one, asked):
        asked = one.browser.post_form(ASK, address=one.email)
    found = CODE.search(_newest_mail_body(one.email))
    typed = one.browser.post_form(TYPE, code=found[0] if found else "")
    return typed.status == 302 and one.browser.get_page(typed.leads_to).status == 200


def _newest_mail_body(email: str) -> str:
    """The newest letter to somebody."""
    points = contacts_at("email", email).values("pk")
    text = MessageText.objects.filter(message__dispatches__contact__in=points, channel="email").order_by("-pk").first()
    return text.body if text else ""


def _wait_if_page_says_so(one: Somebody, page: Page) -> bool:
    """Wait as long as a page says; ``False`` when it says nothing of the kind."""
    found = WAIT.search(page.body)
    if found:
        one.waited += 1
        time.sleep(int(found[1]))
    return bool(found)


def _result_of_scene(scene: Scene) -> dict[str, Any]:
    pages = [page for one in scene.shuffled_people for page in one.browser.pages]
    known = [one for one in scene.shuffled_people if one.is_known]
    return {
        "tries": scene.done,
        "right": scene.right,
        "members": sum(bool(one.came) for one in scene.members),
        "officers": sum(bool(one.came) for one in scene.officers),
        "by_mailbox": sum(one.came.startswith("by mailbox") for one in scene.officers),
        "known_waited": sum(one.waited for one in known),
        "waited": sum(bool(one.waited) for one in scene.shuffled_people),
        "broken": sum(page.status >= 500 for page in pages),
        "rounds": list(zip(scene.calm, scene.meanwhile, strict=True)),
        "failed": [one.email for one in scene.shuffled_people if not one.came],
    }
