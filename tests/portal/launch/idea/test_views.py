"""An idea from anybody, followed by a secret link; the survey on screen (R10, R11, R17)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from plp.delivery.models import Dispatch
from plp.launch.actions import ideas, surveys
from plp.launch.letters import idea_key_with_signature
from plp.launch.models import Idea
from plp.launch.queries.surveys import survey_result_as_far_as_shown
from plp.launch.questionnaire import home_survey_code
from plp.places.models import Area
from plp.toolbox import clock
from plp.toolbox.ids import grouped_code
from tests.launch.ground import Ground, idea
from tests.portal.signing import AT, stop_clock

pytestmark = pytest.mark.django_db

WHERE = {"street": "rue du chene", "postcode": "1130"}
WHAT = {"origin": "resident", "kind": "plp", "words": "Nous voulons mieux nous connaître."}
YES = {"support": "yes", "join": "yes", "help": "no"}


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The stage, at its hour; the municipality knows its code."""
    stop_clock(monkeypatch)
    made = Ground()
    Area.objects.filter(pk=made.municipality.pk).update(nis="21004")
    return made


def text(client: Client, view: str, data: dict | None = None) -> str:
    """What a page shows, after a form if there is one."""
    address = reverse(f"launch:idea:{view}")
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return answer.content.decode()


def later(monkeypatch: pytest.MonkeyPatch, seconds: int = 30) -> None:
    """Let time go by, as it does while somebody writes."""
    set_clock(monkeypatch, AT + timedelta(seconds=seconds))


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let every request come at ``moment``."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_an_idea_goes_to_the_right_zone(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"office": "Bureau PLP", "telephone": "02 000 00 00", "mail": "", "website": ""}
    ideas.set_public_desk_of_zone(zone=ground.cast.zone, by=ground.officer, at=AT, **told)
    describe = text(client, "tell", WHERE)
    later(monkeypatch)

    sent = text(client, "describe", {**WHAT, "email": "Voisin@Example.org", "telephone": "0470 12 34 56"})

    filed = Idea.objects.get()
    assert "Zone Un" in describe
    assert "02\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00" in describe
    assert (filed.municipality, filed.street, filed.telephone) == (ground.municipality, ground.oak, "0470 12 34 56")
    assert filed.teller is not None
    assert idea_key_with_signature(filed.pk) in sent
    assert not Dispatch.objects.filter(person=filed.teller.pk).exists()  # nobody is mailed because a stranger says so


def test_whoever_reloads_sends_nothing_twice(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text(client, "tell", WHERE)
    later(monkeypatch)
    text(client, "describe", WHAT)

    text(client, "describe", WHAT)

    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"postcode": "9999"}, "No municipality in Belgium has this postcode"),
        ({"postcode": "75001"}, "Four digits"),
        ({"postcode": ""}, "This field is required"),
        ({"street": "Rue Inconnue"}, "We know no street of this name here"),
        ({"street": "chene"}, "Did you mean: Rue du Chêne?"),
        ({"street": "<script>alert(1)</script>"}, "We know no street of this name here"),
    ],
)
def test_a_place_that_is_not_is_said_in_words(
    ground: Ground, client: Client, changes: dict[str, str], sentence: str
) -> None:
    page = text(client, "tell", {**WHERE, **changes})

    assert sentence in page
    assert "<script>alert" not in page


def test_a_street_that_no_register_knows_is_taken_as_written(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = {**WHERE, "street": "Rue Inconnue 3", "postcode": " B-1130"}
    asked = text(client, "tell", unknown)
    page = text(client, "tell", {**unknown, "proposal": "elsewhere"})
    later(monkeypatch)
    text(client, "describe", WHAT)

    filed = Idea.objects.get()
    assert "The place is as I wrote it" in asked
    assert "Zone Un" in page
    assert (filed.municipality, filed.street, filed.street_text) == (ground.municipality, None, "Rue Inconnue")


def test_a_municipality_without_register_is_found_by_its_postcode(ground: Ground, client: Client) -> None:
    Area.objects.filter(path="be/z10/m63049/").update(nis="63049")

    page = text(client, "tell", {"street": "Rue Neuve", "postcode": "4960"})

    assert "Zone Dix" in page
    assert "Malmedy" in page


def test_a_shared_postcode_asks_for_the_municipality(ground: Ground, client: Client) -> None:
    from tests.places.build import doors, municipality, street  # noqa: PLC0415 - only here

    other = municipality("21015", zone="z11")
    doors(street("Rue du Chêne Haut", nis="21015"), "1")
    same = street("rue du chene", nis="21015")
    doors(same, "3")

    asked = text(client, "tell", WHERE)
    page = text(client, "tell", {**WHERE, "municipality": "21015"})

    assert "Several municipalities share this postcode" in asked
    assert "Several municipalities share this postcode" not in page
    assert "Ville" in page
    assert other.nis == "21015"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": "Voir www.spam.example"}, "without links to websites"),
        ({"words": ""}, "This field is required"),
        ({"words": "x" * 1501}, "at most 1500 characters"),
        ({"words": "a\u202eb"}, "Write plain words here"),
        ({"homepage": "http://spam.example"}, "Leave this empty"),
        ({"email": "no address"}, "error"),
        ({"telephone": "call me"}, "Write a telephone number with digits"),
        ({"origin": "mayor"}, "Select a valid choice"),
    ],
)
def test_a_bad_idea_is_said_in_words_and_kept(
    ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], sentence: str
) -> None:
    text(client, "tell", WHERE)
    later(monkeypatch)

    page = text(client, "describe", {**WHAT, **changes})

    assert sentence in page
    assert not Idea.objects.exists()


def test_a_robot_is_too_fast(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text(client, "tell", WHERE)
    later(monkeypatch, 2)
    fast = text(client, "describe", WHAT)
    later(monkeypatch, 4)

    text(client, "describe", WHAT)

    assert "faster than anybody writes" in fast
    assert Idea.objects.count() == 1


def test_describing_needs_a_place(ground: Ground, client: Client) -> None:
    assert client.get(reverse("launch:idea:describe")).url == reverse("launch:idea:tell")  # type: ignore[attr-defined]
    assert client.post(reverse("launch:idea:describe"), WHAT).status_code == 302
    assert client.get(reverse("launch:idea:sent")).status_code == 302
    assert not Idea.objects.exists()


def test_a_network_sends_five_ideas_an_hour(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        set_clock(monkeypatch, AT + timedelta(seconds=60 * number))
        text(client, "tell", WHERE)
        set_clock(monkeypatch, AT + timedelta(seconds=60 * number + 30))
        last = text(client, "describe", WHAT)

    assert "Wait 2 seconds, then send it again" in last
    assert Idea.objects.count() == 5
    assert "Nous voulons mieux nous connaître." in text(client, "describe")  # nothing is lost by it
    set_clock(monkeypatch, AT + timedelta(seconds=60 * 5 + 32))
    text(client, "describe", WHAT)
    assert Idea.objects.count() == 6


def test_the_secret_link_shows_state_and_answer_only(ground: Ground, client: Client) -> None:
    filed = idea(ground, telephone="0470", contact=("email", "voisin@example.org"))
    address = f"/idea/follow/{idea_key_with_signature(filed.pk)}/"
    went = client.get(address)
    waiting = client.get(went.url).content.decode()  # type: ignore[attr-defined]
    ideas.decline_idea_and_notify_teller(idea=filed, reason="<b>Trop tôt</b>", by=ground.officer, at=AT)

    page = text(client, "status")

    assert went.url == reverse("launch:idea:status")  # type: ignore[attr-defined]
    assert "It has not been answered yet" in waiting
    assert "&lt;b&gt;Trop tôt&lt;/b&gt;" in page
    for secret in ("0470", "voisin@example.org", filed.words, ground.officer.name):
        assert secret not in page


def test_a_forged_link_is_no_link(ground: Ground, client: Client) -> None:
    first, second = idea(ground), idea(ground)
    signature = idea_key_with_signature(first.pk).split("/")[1]

    for key, sign in ((second.pk, signature), (first.pk, signature[:-1]), (uuid4(), "x"), (first.pk, "é")):
        assert client.get(reverse("launch:idea:follow", args=[key, sign])).status_code == 404
    assert client.get(reverse("launch:idea:status")).status_code == 404


def test_an_idea_that_was_taken_up_says_so(ground: Ground, client: Client) -> None:
    first, second = idea(ground), idea(ground)
    founding = ideas.PartnershipDetails("chene", {"fr": "Le Chêne"}, "plp", ["fr"], {"fr": "Se connaître"})
    ideas.merge_idea_and_notify_teller(idea=second, into=first, words="", by=ground.officer, at=AT)
    client.get(f"/idea/follow/{idea_key_with_signature(second.pk)}/")
    together = text(client, "status")

    ideas.found_partnership_from_idea_and_notify_teller(
        idea=first, founding=founding, words="", by=ground.officer, at=AT
    )

    assert "Others had the same idea" in together
    assert "preparing the partnership Le Chêne" in text(client, "status")


def test_a_home_answers_on_screen(ground: Ground, client: Client) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date() + timedelta(days=7), by=ground.officer, at=AT
    )
    code = grouped_code(home_survey_code(survey.pk, ground.homes[0].register_id)).upper()

    assert "Your answer is counted" in text(client, "survey", {"code": code, **YES})
    again = text(client, "survey", {"code": code, **YES})
    assert "already been used, perhaps by somebody else at your address" in again
    assert "Ask at the place that your letter names" in again
    assert "This field is required" in text(client, "survey", {"code": code})
    assert survey_result_as_far_as_shown(survey).answers == 1


def test_the_page_of_a_survey_says_whose_it_is_and_until_when(ground: Ground, client: Client) -> None:
    surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date() + timedelta(days=7), by=ground.officer, at=AT
    )

    by_link = client.get(reverse("launch:idea:survey"), {"p": ground.partnership.key}).text

    name = ground.partnership.name("en")
    assert f"<h1>{name}</h1>" in by_link
    assert "Answers count until" in by_link
    assert name not in client.get(reverse("launch:idea:survey")).text


def test_wrong_codes_of_others_shut_nobody_out(ground: Ground, client: Client) -> None:
    """Nine signs of thirty are not tried out (ADR 34)."""
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date() + timedelta(days=7), by=ground.officer, at=AT
    )
    for _try in range(31):
        assert "We do not know this code" in text(client, "survey", {"code": "222222222", **YES})

    code = grouped_code(home_survey_code(survey.pk, ground.homes[0].register_id))
    assert "Your answer is counted" in text(client, "survey", {"code": code, **YES})


def test_a_code_brings_the_questions_of_its_survey_and_only_support_is_needed(ground: Ground, client: Client) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date(), by=ground.officer, at=AT, questions=["topic"]
    )
    code, answer = home_survey_code(survey.pk, ground.homes[0].register_id), {"support": "yes"}

    first = text(client, "survey", {"code": code, "shown": "support join help", **answer})
    second = text(client, "survey", {"code": code, "shown": "support topic", **answer})

    assert "This survey has more questions." in first
    assert ("Theft and fraud in shops" in first, 'name="shown" value="support topic"' in first) == (True, True)
    assert "Your answer is counted" in second
    assert survey_result_as_far_as_shown(survey).answers == 1


def test_the_survey_over_says_so(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=AT.date(), by=ground.officer, at=AT
    )
    set_clock(monkeypatch, AT + timedelta(days=1))

    page = text(client, "survey", {"code": home_survey_code(survey.pk, ground.homes[0].register_id), **YES})

    assert "This survey is over" in page
