"""Keys of links and doors, swapped across purpose, person and partnership, altered, or made by another house (G21)."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from plp.accounts import address_changes
from plp.accounts.setup_links import LinkOver, account_by_setup_key, setup_key
from plp.channels.sms.kannel import RECEIPT_PURPOSE
from plp.delivery.links import PURPOSE as STOP
from plp.delivery.queries import contact_by_stop_link
from plp.launch import letters as ideas
from plp.launch.queries import dates
from plp.membership import buddies, enquiries
from plp.notices import reply_codes
from plp.notices.models import Notice
from plp.people.models import ContactPoint, Person
from plp.sightings import letters as sightings
from plp.toolbox import clock
from plp.toolbox.crypto import is_valid_signature, sign
from plp.toolbox.ids import new_random_id
from proof.procedures import quarter_members
from tests.factories import cast
from tests.portal import signing

NOTHING = ("", "0" * 32, "é" * 32, "٠" * 32, "\x00", "None", "true", "%", "/", "-" * 32)


@dataclass(frozen=True)
class KeyedLink:
    """A door with its purpose: whether a subject and a signature open it, and the subjects that have a key."""

    purpose: str
    opens: Callable[[str, str], Any]
    subjects: list[str]
    keys: list[str]


def try_and_count(number: int, seed: int) -> dict[str, Any]:
    """Answers how many forged keys were tried, how many opened, and how many genuine ones did."""
    quarter_members.create_tables_and_cast()
    doors, dice = _all_keyed_links(), random.Random(seed)
    genuine = [bool(door.opens(one, key)) for door in doors for one, key in zip(door.subjects, door.keys, strict=True)]
    opened, tried = [], 0
    for door, subject, key in _endless_forged_keys(doors, dice):
        tried += 1
        if _is_key_accepted(door, subject, key):
            opened.append(door.purpose)
        if tried >= number:
            break
    return {
        "doors": len(doors),
        "tried": tried,
        "opened": opened,
        "genuine": sum(genuine),
        "known": len(genuine),
        "pages": _count_pages_opened_by_wrong_keys(doors),
    }


def _is_key_accepted(door: KeyedLink, subject: str, key: str) -> bool:
    try:
        return bool(door.opens(subject, key))
    except (ValueError, address_changes.ChangeOver, LinkOver):
        return False


def _endless_forged_keys(doors: list[KeyedLink], dice: random.Random) -> Iterator[tuple[KeyedLink, str, str]]:
    """Without end: a key of another subject, of another door, of another house, or one that was altered."""
    while True:
        door, other = dice.choice(doors), dice.choice(doors)
        place, there = dice.randrange(len(door.subjects)), dice.randrange(len(other.subjects))
        subject, own = door.subjects[place], door.keys[place]
        kinds: list[str] = [
            sign(subject, purpose=f"{door.purpose}."),
            _key_with_one_digit_changed(own, dice),
            own[:-1],
            own + "0",
            own.swapcase() if own.swapcase() != own else own[::-1],
            dice.choice(NOTHING),
            f"{dice.getrandbits(128):032x}",
        ]
        if other is not door:
            kinds += [other.keys[there], sign(subject, purpose=other.purpose)]
        elif there != place:
            kinds.append(other.keys[there])
        for key in kinds:
            yield door, subject, key


def _key_with_one_digit_changed(key: str, dice: random.Random) -> str:
    place = dice.randrange(len(key))
    return key[:place] + dice.choice([sign for sign in "0123456789abcdef" if sign != key[place]]) + key[place + 1 :]


def _link_with_signed_keys(purpose: str, opens: Callable[[str, str], Any], subjects: list[str]) -> KeyedLink:
    return KeyedLink(purpose, opens, subjects, [sign(one, purpose=purpose) for one in subjects])


def _all_keyed_links() -> list[KeyedLink]:
    """Every door of the house that a key opens, with keys of two partnerships."""
    at, scene = clock.now(), quarter_members.here[0]
    both = (scene.here, scene.next_door)
    members = [cast.member(one.partnership, "Mia Voorbeeld", "nl") for one in both for _ in range(3)]
    contacts = [cast.contact(someone, "email", f"{someone.pk.hex}@plp.test") for someone in members]
    loose = [str(new_random_id()) for _ in range(6)]
    return [
        _link_with_signed_keys(STOP, contact_by_stop_link, [one.pk.hex for one in contacts]),
        _link_with_signed_keys(
            buddies.PURPOSE, buddies.buddy_by_link, [_invite_buddy_and_return_id(one) for one in members]
        ),
        _link_with_signed_keys(
            reply_codes.PURPOSE,
            lambda key, word: reply_codes.reply_code_of_signed_link(UUID(hex=key), word, at=clock.now()),
            _release_and_make_reply_codes(scene),
        ),
        _link_with_signed_keys(
            sightings.PURPOSE, lambda key, word: sightings.is_follow_up_signature(UUID(key), word), loose
        ),
        _link_with_signed_keys(
            sightings.QUESTION_PURPOSE, lambda key, word: sightings.is_question_link_signature(UUID(key), word), loose
        ),
        _link_with_signed_keys(
            ideas.PURPOSE, lambda key, word: ideas.is_valid_idea_link_signature(UUID(key), word), loose
        ),
        _link_with_signed_keys(
            RECEIPT_PURPOSE,
            lambda key, word: is_valid_signature(key, word, purpose=RECEIPT_PURPOSE),
            [f"p1-{one}" for one in loose],
        ),
        _calendar_link([one.partnership for one in both]),
        *_setup_and_address_change_links(
            [one.coordinator for one in both] + [scene.officer, scene.foreign_officer], at
        ),
        _link_with_signed_keys(
            enquiries.PURPOSE, lambda key, word: is_valid_signature(key, word, purpose=enquiries.PURPOSE), loose
        ),
    ]


def _invite_buddy_and_return_id(someone: Person) -> str:
    told = {"name": "Bea Voorbeeld", "language": "nl", "channel": "email", "address": f"b{someone.pk.hex}@plp.test"}
    return buddies.invite_buddy(person=someone, **told, by=someone, at=clock.now()).pk.hex


def _release_and_make_reply_codes(scene: cast.Cast) -> list[str]:
    """Codes by which two people may relay one released message."""
    key = quarter_members.create_submitted_notice()
    quarter_members.release_notice(key)
    notice = Notice.objects.get(pk=key)
    return [
        reply_codes.get_or_create_reply_code(notice, one, at=clock.now()).pk.hex
        for one in (scene.here.coordinator, scene.here.deputy)
    ]


def _calendar_link(partnerships: list[Any]) -> KeyedLink:
    subjects = [one.key for one in partnerships]
    return KeyedLink(
        dates.PURPOSE,
        dates.partnership_of_calendar,
        subjects,
        [dates.calendar_link_secret(one) for one in partnerships],
    )


def _setup_and_address_change_links(persons: list[Person], at: Any) -> list[KeyedLink]:
    """The set-up of a password, and the two links of a change of address."""
    accounts = [signing.account_of(one) for one in persons]
    setups = [setup_key(one).partition("-")[::2] for one in accounts]
    changes = [
        address_changes.create_address_change(account=one, email=f"n{one.pk.hex}@plp.test", at=at).pk.hex
        for one in accounts
    ]
    return [
        KeyedLink(
            "set-up",
            lambda key, word: account_by_setup_key(f"{key}-{word}"),
            [one for one, _ in setups],
            [two for _, two in setups],
        ),
        *(
            _link_with_signed_keys(
                purpose,
                lambda key, word, purpose=purpose: address_changes.open_address_change_by_key(f"{key}-{word}", purpose),
                changes,
            )
            for purpose in (address_changes.PROVE, address_changes.CANCEL)
        ),
    ]


def _count_pages_opened_by_wrong_keys(doors: list[KeyedLink]) -> int:
    """The same over HTTP: how many pages opened to the key of somebody else."""
    stops, browser = next(door for door in doors if door.purpose == STOP), Client()
    wrong = [f"/stop/{stops.subjects[0]}/{key}" for door in doors for key in door.keys if key != stops.keys[0]]
    opened = sum(browser.post(path).status_code != 404 for path in wrong)
    return opened + ContactPoint.objects.exclude(stopped_at=None).count()
