"""The sheet folds, says what is open, and is typed by two people: nothing is lost, and the later one is told."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from plp.drafts.actions import save_draft
from plp.drafts.models import Draft
from plp.drafts.rules import parse_draft_values
from plp.evening.models import Meeting, Offer
from plp.portal.subjects.evening.forms.sheet_merge import merge_sheets
from tests.factories.cast import person
from tests.portal.evening.stage import Stage, convened
from tests.portal.evening.test_sheet import lines, typed, vote
from tests.portal.staff import sign_in

pytestmark = pytest.mark.django_db


def begun_by_another(stage: Stage, meeting: Meeting, **values: str) -> Draft:
    """A draft of the sheet that somebody else typed."""
    page = f"{stage.url(meeting, 'sheet/')}#main"
    kept = {name: [value] for name, value in values.items()}
    save_draft(page=page, typed=kept, by=person("Anne Exemple"), at=datetime.now(UTC))
    return Draft.objects.get(page=page)


def test_each_part_says_what_is_open_and_one_stands_open(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    page = client.get(stage.url(meeting, "sheet/")).text

    parts = re.findall(r'<details class="details part[^"]*" ?( open)?>', page)
    assert parts == [" open", "", "", "", "", "", ""]
    assert re.search(r'id="open-presence">1 still open', page)
    assert re.search(rf'id="open-points">{meeting.points.count()} still open', page)
    assert re.search(r'id="open-volunteers">nothing written down', page)


def test_a_refused_sheet_unfolds_every_part_with_a_fault(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    page = client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting, persons="x") | lines("volunteer", {"name": "Jan", "reach": ""}) | vote("approval", 9, 0),
    ).text

    assert re.findall(r'<details class="details part[^"]*"( open)?>', page) == [" open", "", "", " open", "", "", ""]


def test_what_another_leader_typed_joins_ones_own(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    volunteer = {"volunteer-0-name": "Jan", "volunteer-0-reach": "jan@plp.test"}
    draft = begun_by_another(stage, meeting, persons="9", **volunteer)
    address = stage.url(meeting, "sheet/")

    shown = client.get(address).text
    client.post(address, {"take": str(draft.pk)})
    after = client.get(address).text

    assert "Anne Exemple types this sheet too" in shown
    assert 'value="jan@plp.test"' in after
    assert parse_draft_values(Draft.objects.get(pk=draft.pk).typed)["persons"] == ["9"]
    for odd in ("x", str(meeting.pk)):
        assert "no longer there" in client.post(address, {"take": odd}, follow=True).text


def test_a_stranger_sees_no_draft(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    draft = begun_by_another(stage, meeting, persons="9")
    next_door = Client()
    sign_in(next_door, stage.stranger)

    assert next_door.get(stage.url(meeting, "sheet/")).status_code == 404
    assert next_door.post(stage.url(meeting, "sheet/"), {"take": str(draft.pk)}).status_code == 404


def test_whoever_sends_second_is_told_and_loses_nothing(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    address = stage.url(meeting, "sheet/")
    client.post(address, typed(meeting, seen="0") | vote("approval", 9, 0))

    mine = typed(meeting, seen="0", persons=8) | lines("volunteer", {"name": "Jan", "reach": "jan@plp.test"})
    second = client.post(address, mine).text

    assert "Somebody entered this sheet while you typed" in second
    assert 'value="jan@plp.test"' in second
    assert 'name="seen" value="1"' in second
    assert not Offer.objects.exists()


def test_lines_of_both_stand_one_after_the_other_and_differences_are_counted() -> None:
    own = {"persons": ["9"], "said-1": [""], "volunteer-0-name": ["Jan"], "volunteer-TOTAL_FORMS": ["8"]}
    other = {
        "persons": ["10"],
        "said-1": ["Les caméras."],
        "volunteer-0-name": ["Mia"],
        "volunteer-1-name": ["Jan"],
        "opinion-0-about": ["costs"],
    }

    merged = merge_sheets(own, other)

    names = {name: values for name, values in merged.typed.items() if name.endswith("-name")}
    assert names == {"volunteer-0-name": ["Jan"], "volunteer-1-name": ["Mia"]}
    assert (merged.typed["persons"], merged.typed["said-1"]) == (["9"], ["Les caméras."])
    assert (merged.typed["opinion-0-about"], merged.differences) == (["costs"], 1)


def test_a_kept_line_that_both_changed_stays_as_one_wrote_it() -> None:
    own = {"volunteer-0-name": ["Jan P."], "volunteer-0-row": ["1"]}

    merged = merge_sheets(own, {"volunteer-0-name": ["Jan"], "volunteer-0-row": ["1"]})

    assert (merged.typed["volunteer-0-name"], merged.differences) == (["Jan P."], 1)
