"""The door of the house: sessions that must die, browsers that must be noticed, links that robots follow (T4, T6, T7).

Everybody signs in through the forms, in a browser and from a network of their own.
"""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from plp.accounts import address_changes, recoveries
from plp.accounts.invitations import setup_link
from plp.accounts.models import Account
from plp.accounts.passwords import PasswordHasher
from plp.delivery import actions as delivery
from plp.delivery.links import stop_link
from plp.delivery.models import MessageText
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.people import actions as people
from plp.people.models import ContactPoint
from plp.portal.subjects.account import factors
from plp.toolbox import clock
from tests.factories import cast, outbox
from tests.portal.staff import PASSWORD, Staff, code, mandate, sign_in, staff

NEW = "zes rode fietsen zwijgen stil"
QUICK = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
STAFF_PAGE, MEMBER_PAGE = "/account/", "/m/settings/"
numbers = iter(range(1, 10_000))
here: list[cast.Cast] = []


def try_and_count(rounds: int) -> dict[str, Any]:
    """Answers figures: live sessions, events, browsers noticed, codes used twice, links and states."""
    setup_test_environment(debug=False)
    for name, value in QUICK.items():  # what a hash costs is not asked here
        setattr(PasswordHasher, name, value)
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    cast.NOW = clock.now() - timedelta(days=1)
    here.append(cast.Cast())
    alive = [name for _ in range(rounds) for name, event in EVENTS.items() if _is_staff_session_alive_after(event)]
    alive += [
        name for _ in range(rounds) for name, event in MEMBER_EVENTS.items() if _is_member_session_alive_after(event)
    ]
    known = {"alive": alive, "events": len(EVENTS) + len(MEMBER_EVENTS), "tries": rounds}
    return (
        known
        | _count_sign_ins_and_letters()
        | {"twice": sum(_can_code_be_used_twice() for _ in range(rounds))}
        | _scan_links_then_use_them(rounds)
    )


def new_browser() -> Client:
    """A browser that was never here, in a network of its own."""
    number = next(numbers)
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=f"10.{number // 250}.{number % 250}.7")


def create_staff_member(role: Role = Role.OFFICER) -> Staff:
    """Somebody of the staff who never signed in."""
    return staff(f"Ann {uuid4().hex.translate(LETTERS)}", role=role)


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def can_reuse_session_key(key: str, page: str) -> bool:
    """Whether a session opens a page to whoever has its key."""
    thief = new_browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    return thief.get(page).status_code == 200


def _travel_to_start_of_half_minute() -> time_machine.travel:
    """The clock runs on from the first second of this half minute, so that codes are fresh."""
    return time_machine.travel(time.time() // 30 * 30 + 1)


def _is_staff_session_alive_after(event: Callable[[Staff, Client], None]) -> bool:
    with _travel_to_start_of_half_minute():
        ann, own = create_staff_member(Role.COORDINATOR), new_browser()
        sign_in(own, ann)
        key = own.cookies[settings.SESSION_COOKIE_NAME].value
        if not can_reuse_session_key(key, STAFF_PAGE):
            raise AssertionError("nobody was signed in")
        return _is_session_alive_after(event, ann, own, key, STAFF_PAGE)


def _is_session_alive_after(event: Callable[..., Any], who: Any, own: Client, key: str, page: str) -> bool:
    later = event(who, own)
    if isinstance(later, timedelta):
        with time_machine.travel(clock.now() + later):
            return can_reuse_session_key(key, page)
    return can_reuse_session_key(key, page)


def _reset_credentials(ann: Staff, _own: Client) -> None:
    recovery = recoveries.create_recovery_ending_earlier(
        account=ann.account, by=create_staff_member().person, at=clock.now()
    )
    recoveries.reset_credentials_and_end_sessions(recovery=recovery, by=create_staff_member().person, at=clock.now())


def _remove_second_factor(ann: Staff, _own: Client) -> None:
    Authenticator.objects.create(user=ann.account, type="webauthn", data={"name": "Key", "credential": {}})
    app = Authenticator.objects.get(user=ann.account, type="totp")
    factors.remove_factor_and_end_sessions(factor=app, by=ann.person, at=clock.now())


def _create_address_change(ann: Staff) -> address_changes.AddressChange:
    return address_changes.create_address_change(account=ann.account, email=f"{uuid4().hex}@plp.test", at=clock.now())


def _change_account_address(ann: Staff, _own: Client) -> None:
    address_changes.record_address_as_proven(
        key=address_changes.address_change_link_key(_create_address_change(ann), address_changes.PROVE), at=clock.now()
    )
    address_changes.replace_due_account_addresses(at=clock.now() + timedelta(days=1))


def _use_session_until_it_must_end(_ann: Staff, own: Client) -> timedelta:
    """A page every half hour keeps the session from idling; it ends all the same."""
    for step in range(1, 24):
        with time_machine.travel(clock.now() + timedelta(minutes=30 * step)):
            own.get(STAFF_PAGE)
    return timedelta(hours=12, minutes=1)


EVENTS: dict[str, Callable[[Staff, Client], Any]] = {
    "signed out": lambda _ann, own: own.post("/account/sign-out/"),
    "fresh proof": lambda _ann, own: own.post("/account/prove/", {"code": code(1)}),
    "password changed elsewhere": lambda ann, _own: factors.change_password(
        account=ann.account, password=NEW, by=ann.person, at=clock.now()
    ),
    "second factor taken away": _remove_second_factor,
    "new start": _reset_credentials,
    "address changed": _change_account_address,
    "change of address cancelled": lambda ann, _own: address_changes.cancel_address_change_and_end_sessions(
        key=address_changes.address_change_link_key(_create_address_change(ann), address_changes.CANCEL), at=clock.now()
    ),
    "role given": lambda ann, _own: mandate(ann.person, Role.COMMITTEE),
    "role ended": lambda ann, _own: mandates.end_mandate(mandate=ann.mandate, by=None, at=clock.now()),  # type: ignore[arg-type]
    "suspended": lambda ann, _own: mandates.suspend_mandates(
        person=ann.person,
        area=ann.mandate.area,  # type: ignore[union-attr]
        matter=uuid4(),
        by=None,
        at=clock.now(),
    ),
    "account closed": lambda ann, _own: Account.objects.filter(pk=ann.account.pk).update(is_active=False) and None,
    "person erased": lambda ann, _own: people.erase_person(person=ann.person, by=None, at=clock.now()),
    "left alone for an hour": lambda _ann, _own: timedelta(minutes=61),
    "open for twelve hours": _use_session_until_it_must_end,
}
MEMBER_EVENTS: dict[str, Callable[[ContactPoint, Client], Any]] = {
    "signed out (member)": lambda _contact, own: own.post("/m/sign-out/"),
    "contact stopped": lambda contact, _own: delivery.stop_contact(contact=contact, how="page", at=clock.now()),
    "contact removed": lambda contact, _own: people.remove_contact(contact=contact, by=None, at=clock.now()),
    "erased (member)": lambda contact, _own: people.erase_person(person=contact.person, by=None, at=clock.now()),
    "left alone for a month": lambda _contact, _own: timedelta(days=31),
}


def _is_member_session_alive_after(event: Callable[[ContactPoint, Client], Any]) -> bool:
    with _travel_to_start_of_half_minute():
        contact, own = _create_member_with_email(), new_browser()
        own.post("/m/", {"address": contact.address})
        digits = re.search(r"\b\d{8}\b", MessageText.objects.filter(channel="email").latest("pk").body)
        own.post("/m/code/", {"code": digits[0]} if digits else {})
        key = own.cookies[settings.SESSION_COOKIE_NAME].value
        if not can_reuse_session_key(key, MEMBER_PAGE):
            raise AssertionError("no settings were opened")
        return _is_session_alive_after(event, contact, own, key, MEMBER_PAGE)


def _create_member_with_email() -> ContactPoint:
    someone = cast.member(here[0].here.partnership, "Mia Voorbeeld", "nl")
    return cast.contact(someone, "email", f"{uuid4().hex}@example.be")


def _count_sign_ins_and_letters() -> dict[str, int]:
    """Every sign-in above was in a browser that was never there: as many letters as sign-ins."""
    letters = MessageText.objects.filter(message__purpose="people.new_device").count()
    return {
        "sign_ins": len(apps.get_model("journal", "Entry").objects.filter(verb="account.signed_in")),
        "told": letters,
    }


def _can_code_be_used_twice() -> bool:
    """Somebody in between has password and code, and uses them at once: from elsewhere, a second later."""
    with _travel_to_start_of_half_minute():
        ann, own, thief = create_staff_member(), new_browser(), new_browser()
        sign_in(own, ann)
        sign_in(thief, ann)
        return bool(thief.get(STAFF_PAGE).status_code == 200)


def _scan_links_then_use_them(rounds: int) -> dict[str, int]:
    """Each link is followed ten times in every manner by machines, then used by its owner."""
    works = changed = links = 0
    for _ in range(rounds):
        for path, use in _links_with_use_check():
            before = _hash_of_all_rows()
            for _visit in range(10):
                _request_as_link_scanner(path)
            changed += _hash_of_all_rows() != before
            works += use(path)
            links += 1
    return {"links": links, "works": works, "changed": changed}


def _request_as_link_scanner(path: str) -> None:
    robot = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    robot.get(path)
    robot.head(path)
    robot.options(path)
    robot.get(path, headers={"purpose": "prefetch", "sec-purpose": "prefetch;prerender"})
    if not path.startswith("/stop/"):  # one POST is the one-click of mail programs (RFC 8058)
        robot.post(path)


def _links_with_use_check() -> list[tuple[str, Callable[[str], bool]]]:
    fresh, ann, contact = create_staff_member(), create_staff_member(), _create_member_with_email()
    change = address_changes.request_address_change_by_mail(
        ann.account, email=f"{uuid4().hex}@plp.test", at=clock.now()
    )
    prove, cancel = (
        address_changes.address_change_link_key(change, purpose)
        for purpose in (address_changes.PROVE, address_changes.CANCEL)
    )
    return [
        (_path_of_link(stop_link(contact.pk)), lambda path: _post_form_in_new_browser(path) and _is_stopped(contact)),
        (
            _path_of_link(setup_link(fresh.account)),
            lambda path: _post_form_in_new_browser(path, new=NEW) and _has_changed_password_to(fresh, NEW),
        ),
        (
            f"/account/prove-address/{prove}/",
            lambda path: _post_form_in_new_browser(path) and _has_proven_new_address(ann),
        ),
        (
            f"/account/cancel-address/{cancel}/",
            lambda path: (
                _post_form_in_new_browser(path) and address_changes.pending_address_change(ann.account) is None
            ),
        ),
    ]


def _path_of_link(link: str) -> str:
    return link.removeprefix(settings.ORIGIN)


def _post_form_in_new_browser(path: str, **typed: str) -> bool:
    return new_browser().post(path, typed).status_code in {200, 302}


def _is_stopped(contact: ContactPoint) -> bool:
    return ContactPoint.objects.get(pk=contact.pk).stopped_at is not None


def _has_changed_password_to(who: Staff, password: str) -> bool:
    return Account.objects.get(pk=who.account.pk).check_password(password) and password != PASSWORD


def _has_proven_new_address(who: Staff) -> bool:
    waiting = address_changes.pending_address_change(who.account)
    return waiting is not None and waiting.proven_at is not None


def _hash_of_all_rows() -> int:
    """Everything that the rooms hold, in one number."""
    tables = [table for table in apps.get_models() if table.__module__.startswith("plp.")]
    return hash(repr([sorted(map(repr, table.objects.values_list())) for table in tables]))  # type: ignore[attr-defined]
