"""A meeting to which people were convened moves to another hour or room, and whoever was invited is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from plp.delivery.models import Message, MessageText
from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.membership.models import Membership
from plp.toolbox.clock import local
from tests.factories.cast import contact, person
from tests.portal.evening.stage import Stage, convened, opened

pytestmark = pytest.mark.django_db


def form(meeting: Meeting, **changes: object) -> dict[str, object]:
    """The plan of a meeting as a browser sends it, a week later."""
    day = local(meeting.starts_at).date() + timedelta(days=7)
    sent = {"day": day.isoformat(), "begins": "20:00", "until": "22:00", "place": "École", "street": "Rue du Pré 3"}
    return {key: value for key, value in (sent | changes).items() if value is not None}


def invited(stage: Stage, language: str) -> Meeting:
    """Everybody is invited: a member by e-mail, three doors by letters that were carried."""
    someone, now = person("Léa Peeters", language), datetime.now(UTC)
    Membership.objects.create(
        partnership=stage.partnership, person=someone, state="active", asked_at=now, joined_at=now
    )
    contact(someone, "email", "lea@plp.test")
    meeting = convened(stage)
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=now)
    meeting.invitations.update(printed_at=now, carried_at=now)
    return meeting


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "La réunion du partenariat Haren change"),
        ("nl", "De vergadering van het netwerk Haren verandert"),
        ("de", "Die Versammlung der Partnerschaft Haren ändert sich"),
        ("en", "A change to the meeting of the partnership Haren"),
    ],
)
def test_whoever_was_invited_is_told_of_the_new_hour_and_room(
    client: Client, stage: Stage, language: str, subject: str
) -> None:
    meeting = invited(stage, language)

    page = client.post(stage.url(meeting, "change/"), form(meeting), follow=True)

    meeting.refresh_from_db()
    assert (meeting.place, local(meeting.starts_at).hour, meeting.languages) == ("École", 20, ["fr", "nl"])
    assert ["Whoever was invited is told." in page.text, "Print the letters to the doors again" in page.text] == [
        True
    ] * 2
    assert meeting.invitations.filter(carried_at=None).count() == meeting.invitations.count() == 1
    told = Message.objects.get(purpose="evening.changed")
    assert Message.objects.get(purpose="evening.invitation").stopped_at is not None
    assert MessageText.objects.get(message=told, channel="email").subject == subject


def test_languages_and_voters_stay_and_the_public_page_shows_the_new_room(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    asked = client.get(stage.url(meeting, "change/"))
    client.post(stage.url(meeting, "change/"), form(meeting, languages="de", voters="household"))

    meeting.refresh_from_db()
    assert {"languages", "voters", "purpose"} & set(asked.context["form"].fields) == set()
    assert (meeting.languages, meeting.voters) == (["fr", "nl"], "person")
    assert "École" in Client().get(f"/evening/p/{meeting.token}/").text
    assert not Message.objects.filter(purpose="evening.changed").exists()  # nobody was invited yet


def test_a_third_change_in_a_day_waits_and_keeps_what_was_typed(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    for place in ("Un", "Deux"):
        client.post(stage.url(meeting, "change/"), form(meeting, place=place))

    page = client.post(stage.url(meeting, "change/"), form(meeting, place="Trois"))

    meeting.refresh_from_db()
    assert meeting.place == "Deux"
    assert "Everybody got two such messages" in page.text
    assert 'value="Trois"' in page.text


def test_a_meeting_under_way_moves_no_more(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    answer = client.post(stage.url(meeting, "change/"), form(meeting))

    assert answer["Location"] == stage.url(meeting)
    meeting.refresh_from_db()
    assert meeting.place == "Salle des fêtes"
