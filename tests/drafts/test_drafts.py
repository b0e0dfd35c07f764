"""Drafts: one a form, sealed, short-lived, theirs alone."""

from datetime import timedelta

import pytest

from plp.drafts import actions as drafts
from plp.drafts import privacy
from plp.drafts.models import Draft
from plp.drafts.queries import drafts_of
from plp.drafts.rules import KEPT_FOR, MOST_BYTES, MOST_FORMS, draft_as_json, parse_draft_values
from plp.journal.models import Entry
from tests.factories.cast import NOW, person

pytestmark = pytest.mark.django_db


def test_the_last_words_replace_the_earlier_ones_and_nothing_is_noted() -> None:
    ann, entries = person("Ann"), Entry.objects.count()
    for words in ("Combien", "Combien de vélos"):
        assert drafts.save_draft(page="/a/#form", typed={"words": [words]}, by=ann, at=NOW)

    assert privacy.export(ann) == {
        "not_sent": [{"page": "/a/#form", "kept": NOW.isoformat(), "typed": {"words": ["Combien de vélos"]}}]
    }
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/a/#form", {"words": ["  "]}),
        ("/a/#form", {"words": ["x" * MOST_BYTES]}),
        ("/" + "a" * 200, {"words": ["Bonjour"]}),
    ],
)
def test_nothing_and_too_much_are_not_kept(page: str, typed: dict[str, list[str]]) -> None:
    assert not drafts.save_draft(page=page, typed=typed, by=person("Ann"), at=NOW)
    assert not Draft.objects.exists()


def test_the_oldest_gives_way() -> None:
    ann, ben = person("Ann"), person("Ben")
    drafts.save_draft(page="/of-ben/#form", typed={"words": ["Ben"]}, by=ben, at=NOW - timedelta(days=1))
    for number in range(MOST_FORMS + 1):
        at = NOW + timedelta(minutes=number)
        drafts.save_draft(page=f"/{number}/#form", typed={"words": ["a"]}, by=ann, at=at)

    assert drafts_of(ann, at=NOW).count() == MOST_FORMS
    assert not drafts_of(ann, at=NOW).filter(page="/0/#form").exists()
    assert drafts_of(ben, at=NOW).count() == 1


def test_two_weeks_later_it_is_gone() -> None:
    ann = person("Ann")
    drafts.save_draft(page="/old/#form", typed={"words": ["a"]}, by=ann, at=NOW)
    drafts.save_draft(page="/new/#form", typed={"words": ["a"]}, by=ann, at=NOW + timedelta(seconds=1))

    assert drafts.delete_old_drafts(by=None, at=NOW + KEPT_FOR) == 1
    assert Draft.objects.get().page == "/new/#form"


def test_what_is_packed_comes_out_again() -> None:
    typed = {"words": ["deux\nlignes"], "tasks": ["a", "b"], "empty": [""]}

    assert parse_draft_values(draft_as_json(typed) or "") == typed
