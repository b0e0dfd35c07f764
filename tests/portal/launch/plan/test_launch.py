"""The step plan on its pages: every one opens, does its work, refuses in words, and is closed to strangers."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from plp.evening.models import Invitation, Meeting
from plp.launch import dossier
from plp.launch.actions.life import carry_out_ends_that_are_due
from plp.launch.models import Consultation, LifeAct, Publication, Recognition, Reopening, Sign, Tick
from plp.launch.plan import PLANS
from plp.launch.queries.facts import does_zone_publish_figures
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.portal.subjects.launch.plan.offers import launch_plan_tasks
from plp.toolbox import clock
from plp.toolbox.clock import local
from tests.evening.stage import held
from tests.factories.cast import hold, person
from tests.launch.journey import Journey, before
from tests.portal.signing import prove, signed_in

pytestmark = pytest.mark.django_db

PAGES = ["where", "poster", "recognition", "publicity", "life", "calendar", "opening", "send", "signs", "register"]
MORE = {"register": ["json"]}


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A partnership that was just taken up; requests come on its day."""
    made = Journey()
    monkeypatch.setattr(clock, "now", lambda: made.at)
    return made


def url(view: str, *more: object, key: str = "saule") -> str:
    """The address of a page."""
    return reverse(f"launch:plan:{view}", args=[key, *more])


def browser(walk: Journey, someone: Person):
    """Somebody signed in on the day of the walk."""
    client = signed_in(someone)
    prove(client, minutes_ago=-(walk.at - walk.ground.cast.here.partnership.founded_at) / timedelta(minutes=1) + 61)
    return client


@pytest.mark.parametrize("view", PAGES)
def test_every_page_opens_for_the_officer_and_for_no_stranger(walk: Journey, view: str) -> None:
    address = url(view, *MORE.get(view, []))

    assert browser(walk, walk.officer).get(address).status_code == 200
    assert browser(walk, walk.ground.stranger).get(address).status_code == 404
    assert browser(walk, walk.ground.cast.foreign_officer).get(address).status_code == 404


@pytest.mark.parametrize("step", ["idea", "consultation", "evening", "launch", "evaluation"])
def test_a_step_says_what_is_missing_and_who_brings_it(walk: Journey, step: str) -> None:
    client = browser(walk, walk.officer)

    page = client.get(url("step", step))

    assert page.status_code == 200
    assert client.get(url("step", "nothing")).status_code == 404
    if step == "consultation":
        assert b"The talk with the local police is not recorded" in page.content
        assert b"Who: mandated police officer" in page.content
        quoted = "«&nbsp;Une concertation avec les autorités locales et la police précède toujours"
        assert quoted in page.content.decode()
    if step == "evening":
        assert b"First finish" in page.content


def test_letters_that_are_in_no_letterbox_are_counted_with_their_streets(walk: Journey) -> None:
    walk.go_through(before("evening_held"))
    first = Invitation.objects.order_by("pk").first()
    assert first is not None

    officer, mayor = (browser(walk, who).get(url("step", "evening")).text for who in (walk.officer, walk.mayor))
    Invitation.objects.update(carried_at=walk.at)
    delivered = browser(walk, walk.officer).get(url("step", "evening")).text

    letters = sum(Invitation.objects.values_list("doors", flat=True))
    assert f"{letters} letters are not noted as delivered" in officer
    assert (first.street.names in officer, first.street.names in mayor) == (True, True)
    address = reverse("evening:invitations", args=["saule", first.meeting_id])
    assert (address in officer, address in mayor) == (True, False)
    assert "noted as delivered" not in delivered


def test_the_page_says_where_we_are_in_words_and_as_a_picture(walk: Journey) -> None:
    walk.go_through(before("area_drawn"))

    page = browser(walk, walk.officer).get(url("where")).content.decode()

    count = len(PLANS["be-2022"].steps)
    assert f"2 of {count} steps are done" in page
    assert f'aria-label="A road with {count} stations; 2 are behind us.' in page
    assert page.count("way-done") == 2
    assert "No street belongs to the area yet" in page
    assert reverse("launch:groundwork:area", args=["saule"]) in page


def test_the_mayor_sees_the_way_but_leads_nothing(walk: Journey) -> None:
    client = browser(walk, walk.mayor)

    assert client.get(url("where")).status_code == 200
    assert client.get(url("opening")).status_code == 404
    assert client.post(url("go_on")).status_code == 404
    assert client.get(url("publicity")).status_code == 200


def test_going_on_waits_for_the_talks(walk: Journey) -> None:
    client = browser(walk, walk.officer)
    walk.go_through(before("judicial_contacted"))

    early = client.post(url("go_on"))
    walk.go("judicial_contacted")
    client = browser(walk, walk.officer)
    done = client.post(url("go_on"), follow=True)

    assert early.status_code == 409
    assert b"public prosecutor" in early.content
    assert b"Registration is now open" in done.content
    assert Partnership.objects.get(key="saule").state == State.CREATION


def test_all_talks_and_the_decision_are_one_form(walk: Journey) -> None:
    client, page = browser(walk, walk.officer), reverse("launch:groundwork:talks", args=["saule"])
    talk = {"held_on": walk.at.date(), "persons": "Inspecteur Exemple", "reference": "R-1", "outcome": "agreed"}
    sheet = {
        f"{authority}-{name}": value
        for authority in ("police", "municipality", "prosecutor")
        for name, value in {**talk, "authority": authority}.items()
    }

    early = client.post(page, {**sheet, "prosecutor-outcome": "waiting", "goes_on": "on"}).content.decode()
    assert "public prosecutor" in early
    assert early.count("Inspecteur Exemple") == 3
    assert not Consultation.objects.exists()

    done = client.post(page, {**sheet, "goes_on": "on"}, follow=True)
    assert b"Registration is now open" in done.content
    assert Consultation.objects.count() == 3
    assert Partnership.objects.get(key="saule").state == State.CREATION


def test_a_step_is_opened_again_with_a_reason_and_closed(walk: Journey) -> None:
    walk.go_through(before("stakeholders_told"))
    client = browser(walk, walk.officer)

    empty = client.post(url("reopen", "area"), {"reason": " "})
    opened = client.post(url("reopen", "area"), {"reason": "Deux rues en plus."}, follow=True)
    twice = client.post(url("reopen", "area"), {"reason": "Encore."})
    closed = client.post(url("close", "area"), follow=True)

    assert b"This field is required" in empty.content
    assert b"Deux rues en plus." in opened.content
    assert twice.status_code == 409
    assert b"The step is closed again" in closed.content
    assert Reopening.objects.get().closed_at == walk.at


def test_what_rows_tell_cannot_be_ticked_and_the_rest_can(walk: Journey) -> None:
    walk.go_through(before("committee_settled"))
    client = browser(walk, walk.officer)
    tomorrow, today = walk.at.date() + timedelta(days=1), walk.at.date()

    assert client.post(url("tick", "charter_signed"), {"day": today}).status_code == 404
    assert b"still to come" in client.post(url("tick", "committee_settled"), {"day": tomorrow}).content
    assert client.post(url("tick", "committee_settled"), {"day": today}).status_code == 302
    assert Tick.objects.get().fact == "committee_settled"
    assert client.post(url("untick", "committee_settled")).status_code == 302
    assert Tick.objects.get().undone_at == walk.at


def test_the_file_is_made_sent_returned_sent_again_and_validated(walk: Journey) -> None:  # sets type: seconds
    walk.go_through(before("file_sent"))
    client = browser(walk, walk.officer)
    today = walk.at.date()

    whole = client.get(url("file", "pdf"))
    assert [one.title for one in PdfReader(io.BytesIO(whole.content)).outline] == [
        "Lettre au SPF Intérieur", "Charte locale", "Relevé des signatures", "Fiche pour le registre fédéral",
    ]  # fmt: skip
    german = dossier.dossier_papers(Partnership.objects.get(key="saule"), "de", at=walk.at)
    titles = [paper.title for paper in german[1:3]]
    assert titles == ["Lokale Charta (français)", "Verzeichnis der Unterschriften (français)"]
    assert client.post(url("send"), {"sent_on": today + timedelta(days=1)}).status_code == 409
    assert client.post(url("send"), {"sent_on": today}).status_code == 302
    assert client.post(url("returned"), {"returned_on": today, "remarks": "Une annexe manque."}).status_code == 302
    assert b"Une annexe manque." in client.get(url("recognition")).content
    assert client.post(url("send"), {"sent_on": today}).status_code == 302
    early = client.post(url("validated"), {"validated_on": today - timedelta(days=1), "reference": "X"})
    assert early.status_code == 409
    letter = {"validated_on": today, "reference": "DGSP-1", "mayor_on": today}
    assert client.post(url("validated"), letter).status_code == 302
    assert Recognition.objects.get().mayor_told_on == today
    before_letters = client.get(url("recognition")).content
    assert client.post(url("letters"), {"mayor_on": today, "chief_on": today}).status_code == 302
    after_letters = client.get(url("recognition")).content
    assert [b"What comes next" in page for page in (before_letters, after_letters)] == [True, False]
    file = Recognition.objects.get()
    assert (file.state, file.reference, file.sendings.count()) == ("validated", "DGSP-1", 2)
    assert file.chief_told_on == today
    kept = client.get(url("sent", file.sendings.first().pk))
    assert "register.json" in zipfile.ZipFile(io.BytesIO(kept.content)).namelist()


def test_the_register_names_places_and_counts_and_no_member(walk: Journey) -> None:
    walk.go_through(before("creation_decided"))
    client = browser(walk, walk.officer)

    entry = json.loads(client.get(url("register", "json")).content)
    table = client.get(url("register", "csv")).content.decode("utf-8-sig")

    assert (entry["key"], entry["members"], entry["circular"]) == ("saule", 0, "2022-10-05")
    assert table.splitlines()[0].startswith('"key";"kind";"name_fr"')
    assert client.get(url("register", "xml")).status_code == 404


def test_the_launch_says_what_lacks_then_happens_once(walk: Journey) -> None:  # sets type: seconds
    client = browser(walk, walk.officer)
    assert b"It cannot be launched yet" in client.get(url("opening")).content
    assert client.post(url("opening")).status_code == 409

    walk.go_through(before("opened"))
    client = browser(walk, walk.officer)
    assert b"Everything the law and the circular ask for is there" in client.get(url("opening")).content
    done = client.post(url("opening"), follow=True)
    twice = client.post(url("opening"))

    assert b"The partnership is launched" in done.content
    assert twice.status_code == 409
    assert Partnership.objects.get(key="saule").state == State.ACTIVE


def active(walk: Journey) -> Partnership:
    """The partnership of the cast, which works."""
    return walk.ground.partnership


def test_publications_and_signs_are_recorded(walk: Journey) -> None:
    client, today = browser(walk, walk.officer), walk.at.date()
    order = {"kind": "sign", "count": 4, "place": "Rue du Chêne", "road_manager": "", "ordered_on": today}
    said = {"medium": "press", "title": "Le Journal", "published_on": today, "proof": "p. 4"}

    published = client.post(url("publicity", key="haren"), said)
    refused = client.post(url("signs", key="haren"), order)
    ordered = client.post(url("signs", key="haren"), order | {"road_manager": "Commune"})
    sign = Sign.objects.get()
    placed = client.post(url("placed", sign.pk, key="haren"), {"day": today})
    shown = client.get(url("publicity", key="haren")).content.decode()

    assert "4 signs on the road, Rue du Chêne" in shown
    assert [one.status_code for one in (published, refused, ordered, placed)] == [302, 200, 302, 302]
    assert set(refused.context["form"].errors) == {"road_manager"}
    assert "(needed for signs on the road)" in refused.text
    assert Publication.objects.get().medium == "press"
    assert Sign.objects.get().placed_on == today


def test_a_partnership_rests_wakes_is_confirmed_and_ends(walk: Journey) -> None:
    client = browser(walk, walk.officer)

    for act in ("rest", "wake", "end"):
        assert client.get(url("act", act, key="haren")).status_code == 200
        assert client.post(url("act", act, key="haren"), {"reason": "Décision de la réunion."}).status_code == 302
        if act == "wake":
            assert client.post(url("confirm", key="haren")).status_code == 302
        if act == "end":
            assert client.get(url("act", act, key="haren")).status_code == 404
            walk.next_day()
            assert carry_out_ends_that_are_due(by=None, at=walk.at) == 1
            client = browser(walk, walk.officer)
        public = client.get("/p/haren/join/").content.decode()
        assert ("This partnership rests" in public, "This partnership has ended" in public) == (
            act == "rest",
            act == "end",
        )
    page, way = client.get(url("life", key="haren")).content.decode(), client.get(url("where", key="haren")).text
    tasks = [task.url for task in launch_plan_tasks(walk.officer, walk.at)]
    told = {"day": local(walk.at).date().isoformat()}
    client.post(url("told", LifeAct.objects.get(kind="end").pk, key="haren"), told)

    assert url("life", key="haren") in tasks
    assert url("life", key="haren") not in [task.url for task in launch_plan_tasks(walk.officer, walk.at)]
    assert Partnership.objects.get(key="haren").state == State.ENDED
    assert client.get(url("act", "wake", key="haren")).status_code == 404
    assert "Record that FPS Interior was told" in page
    assert ("This partnership has ended" in way, "confirm it once a year" in way) == (True, False)


def test_a_decided_end_is_said_on_the_first_page_and_taken_back_by_the_chief(walk: Journey) -> None:
    people = walk.officer, walk.ground.cast.chief, walk.ground.cast.here.coordinator
    officer, chief, coordinator = (browser(walk, who) for who in people)
    life_page, back = url("life", key="haren"), url("take_end_back", key="haren")
    officer.post(url("act", "end", key="haren"), {"reason": "Décision de la réunion."})

    pages = [client.get(life_page).content.decode() for client in (officer, chief, coordinator)]
    tasks = [task.title for task in launch_plan_tasks(people[2], walk.at)]
    answers = [client.post(back).status_code for client in (coordinator, chief, officer)]

    assert ["Take the end back" in page for page in pages] == [True, True, False]
    assert all("The end is decided" in page for page in pages)
    assert "Haren: The end is decided" in tasks
    assert answers == [404, 302, 409]
    assert "The end is decided" not in officer.get(life_page).content.decode()
    assert not any("The end is decided" in task.title for task in launch_plan_tasks(walk.officer, walk.at))


def test_the_calendar_opens_by_its_secret_alone(walk: Journey) -> None:
    walk.go_through(before("evening_invited"))
    client = browser(walk, walk.officer)
    address = client.get(url("calendar")).context["url"]

    file = client.get(address)
    wrong = client.get(url("feed", "0" * 32))
    client.post(url("calendar"))
    old = client.get(address)

    assert file["Content-Type"].startswith("text/calendar")
    assert b"Salle des f" in file.content
    assert (wrong.status_code, old.status_code) == (404, 404)


def test_the_list_shows_the_late_ones_first_and_costs_the_same(walk: Journey) -> None:
    client = browser(walk, walk.officer)
    client.get(reverse("launch:plan:all"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("launch:plan:all"))
    walk.at += timedelta(days=60)
    client = browser(walk, walk.officer)
    client.get(reverse("launch:plan:all"))
    with CaptureQueriesContext(connection) as later:
        page = client.get(reverse("launch:plan:all"))
    late = [row.late_days for _name, row in page.context["rows"]]

    assert late == sorted(late, reverse=True)
    assert late[0] > 0
    assert b"days late" in page.content
    assert b"Malmedy" not in page.content
    assert len(one) == len(later)


def test_a_chief_decides_for_the_zone_and_an_officer_does_not(walk: Journey) -> None:
    zone = walk.ground.cast.zone
    chief, officer = browser(walk, walk.ground.cast.chief), browser(walk, walk.officer)
    address = reverse("launch:plan:zone", args=[zone.pk])

    done = chief.post(address, {"needs_recognition": "no"})

    assert done.status_code == 302
    assert b"may start as soon as" in chief.get(reverse("launch:plan:zones")).content
    assert officer.get(address).status_code == 404


def test_a_chief_opens_the_figures_of_the_zone(walk: Journey) -> None:
    zone = walk.ground.cast.zone
    chief, address = browser(walk, walk.ground.cast.chief), reverse("launch:plan:zone", args=[zone.pk])
    held = does_zone_publish_figures(zone)

    chief.post(address, {"needs_recognition": "yes", "publishes_figures": "on"})

    assert (held, does_zone_publish_figures(zone)) == (False, True)
    assert 'name="publishes_figures"' in chief.get(address).content.decode()


def test_a_committee_member_sees_the_way_and_may_record_a_publication(walk: Journey) -> None:
    someone = person("Emma Comité")
    hold(someone, Role.COMMITTEE, walk.partnership.area)
    client = browser(walk, someone)

    assert client.get(url("where")).status_code == 200
    assert client.get(url("publicity")).status_code == 200
    assert client.get(url("send")).status_code == 404


def test_the_first_page_says_whose_turn_it_is(walk: Journey) -> None:
    officer, mayor = browser(walk, walk.officer), browser(walk, walk.mayor)

    mine, theirs = officer.get("/").content.decode(), mayor.get("/").content.decode()

    assert "Saule: Consultation" in mine
    assert "The talk with the local police is not recorded" in mine
    assert "Saule" not in theirs


def test_partners_who_lead_no_meeting_find_its_approved_minutes(walk: Journey) -> None:
    supervisor = person("Nora Exemple")
    hold(supervisor, Role.SUPERVISOR, walk.ground.cast.zone)
    meeting = held(walk.partnership)
    readers = {"mayor": walk.mayor, "chief": walk.ground.cast.chief, "officer": walk.officer, "supervisor": supervisor}
    clients = {name: browser(walk, someone) for name, someone in readers.items()}
    page, link = url("where"), reverse("evening:page", args=[meeting.token])
    before = {name: link in client.get(page).text for name, client in clients.items()}
    Meeting.objects.filter(pk=meeting.pk).update(state="approved")

    after = {name: link in client.get(page).text for name, client in clients.items()}

    assert before == dict.fromkeys(readers, False)
    assert after == {"mayor": True, "chief": True, "officer": False, "supervisor": False}
    assert clients["mayor"].get(link).status_code == 200
