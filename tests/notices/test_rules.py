"""Pure rules of a notice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from plp.charter.queries import default_plan_rules
from plp.notices.rules import (
    PROOF_LASTS,
    excerpt_hash,
    expiry_time_within_plan_limit,
    is_proof_of_identity_fresh,
    released_content_hash,
)
from tests.factories.cast import NOW

FRENCH, DUTCH = ("Vélos", "Deux cadenas.", "Près de la gare."), ("Fietsen", "Twee sloten.", "")


def test_the_end_is_the_earlier_of_officer_and_plan() -> None:
    soon, alarm = NOW + timedelta(minutes=10), next(rule for rule in default_plan_rules() if rule.kind == "alarm")
    hour, endless = (replace(alarm, expiry_minutes=minutes) for minutes in (60, None))
    released = {"send_at": None, "released_at": NOW}

    assert expiry_time_within_plan_limit(soon, hour, **released) == soon
    assert expiry_time_within_plan_limit(NOW + timedelta(days=9), hour, **released) == NOW + timedelta(hours=1)
    assert expiry_time_within_plan_limit(None, hour, **released) == NOW + timedelta(hours=1)
    assert expiry_time_within_plan_limit(None, hour, send_at=soon, released_at=NOW) == soon + timedelta(hours=1)
    assert expiry_time_within_plan_limit(soon, endless, **released) == soon
    assert expiry_time_within_plan_limit(None, endless, **released) is None


@pytest.mark.parametrize(
    ("texts", "kind", "ends"),
    [
        ({"fr": FRENCH}, "advice", None),
        ({"fr": DUTCH, "nl": FRENCH}, "advice", None),
        ({"fr": ("Velos", *FRENCH[1:]), "nl": DUTCH}, "advice", None),
        ({"fr": (*FRENCH[:2], ""), "nl": DUTCH}, "advice", None),
        ({"fr": (FRENCH[0] + FRENCH[1], "", FRENCH[2]), "nl": DUTCH}, "advice", None),
        ({"fr": FRENCH, "nl": DUTCH}, "alarm", None),
        ({"fr": FRENCH, "nl": DUTCH}, "advice", NOW),
    ],
)
def test_a_release_is_bound_to_each_word_the_kind_and_the_end(
    texts: dict[str, tuple[str, str, str]], kind: str, ends: datetime | None
) -> None:
    released = released_content_hash({"fr": FRENCH, "nl": DUTCH}, kind="advice", expires_at=None)

    assert released_content_hash(texts, kind=kind, expires_at=ends) != released
    assert released_content_hash({"nl": DUTCH, "fr": FRENCH}, kind="advice", expires_at=None) == released
    assert len(released) == 64


def test_the_hash_of_a_text_is_the_same_in_the_next_version() -> None:
    found = released_content_hash({"fr": ("Vélos", "Deux cadenas.", "")}, kind="advice", expires_at=None)

    assert found == "6575c94d0fa919ff174376a96fbc05ea4af191da88f3b2b02f702fed2a9bc2f9"
    assert released_content_hash({"fr": ("Vélos", "Deux cadenas.", "")}, kind="advice", expires_at=NOW) != found


def test_an_override_is_bound_to_its_words() -> None:
    assert excerpt_hash("rue de Verdun 12") != excerpt_hash("rue de Verdun 13")
    assert len(excerpt_hash("")) == 64


def test_a_proof_of_identity_counts_for_five_minutes_and_never_ahead() -> None:
    second = timedelta(seconds=1)

    ages = [timedelta(0), PROOF_LASTS, PROOF_LASTS + second, -second]

    assert [is_proof_of_identity_fresh(NOW - age, NOW) for age in ages] == [True, True, False, False]
