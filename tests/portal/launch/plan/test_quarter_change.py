"""The pages of a change of a quarter: the dry run, the second person, the member's answer, the way back (ADR 72)."""

import pytest
from django.test import Client
from django.utils.translation import override

from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.launch.actions import quarter_clock
from plp.launch.models import LifeAct, QuarterChange
from plp.membership.models import Membership
from plp.membership.street_recruits import street_code
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint
from plp.places.models import Area, Coverage, Street
from plp.places.queries import StreetPart, streets_of
from plp.portal.subjects.launch.plan.quarter_forms import SplitQuarterForm
from plp.toolbox import clock
from tests.factories.cast import NOW
from tests.launch.test_quarter_changes import DAY, ON_DAY, Stage
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
WHY = {"reason": "Le quartier est trop grand", "day": str(DAY)}


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Stage()


@pytest.fixture
def officer(stage: Stage) -> Client:
    return signed_in(stage.cast.officer)


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def split(stage: Stage, officer: Client) -> str:
    told = {**WHY, "name_fr": "Haren Nord", "streets": [stage.streets[0].pk], "side": "all"}
    officer.post("/launch/haren/life/split/", told)
    return f"/launch/haren/change/{QuarterChange.objects.get().pk}/"


def test_a_change_names_the_partnership_in_the_language_of_its_reader_alone(stage: Stage, officer: Client) -> None:
    page = split(stage, officer)
    Area.objects.filter(pk=stage.here.area_id).update(name_fr="Lembecq", name_nl="Lembeek")

    officer.cookies["language"] = "nl"
    shown = words(officer.get(page))

    assert "Lembeek → Haren Nord" in shown
    assert "Lembecq" not in shown


def test_a_split_is_prepared_looked_at_released_carried_out_and_undone(stage: Stage, officer: Client) -> None:
    page = split(stage, officer)
    prepared = words(officer.get(page))
    officer.post(page, {"do": "release"})
    alone = QuarterChange.objects.get().state

    chief = signed_in(stage.cast.chief)
    waiting = [words(browser.get("/")).count(page) for browser in (chief, officer)]
    second = words(chief.get(page))
    chief.post(page, {"do": "release"})
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)
    QuarterChange.objects.update(done_at=NOW)
    LifeAct.objects.filter(kind="split").update(at=NOW)
    done = words(officer.get(page))
    offered = [words(officer.get("/launch/haren/life/"))]
    back = words(officer.post(page, {"do": "undo"}, follow=True))
    offered.append(words(officer.get("/launch/haren/life/")))
    act = LifeAct.objects.get(kind="split")

    assert "A second person releases it" in prepared
    assert "Haren Nord" in prepared
    assert alone == "draft"
    assert waiting == [1, 0]
    assert "Release and tell the members" in second
    assert "Undo it" in done
    assert "Everything is as it was" in back
    assert ["Record that FPS Interior was told" in shown for shown in offered] == [True, False]
    assert officer.get(f"/launch/haren/life/told/{act.pk}/").status_code == 404
    assert Client().get("/p/haren-nord/").headers["Location"] == "/p/haren/"


def test_the_forms_keep_what_was_typed_and_say_what_is_wrong(stage: Stage, officer: Client) -> None:
    told = {**WHY, "streets": [stage.streets[0].pk], "side": "all", "other": "laeken"}
    unnamed = words(officer.post("/launch/haren/life/split/", told))
    soon = words(officer.post("/launch/haren/life/redraw/", {**told, "day": str(NOW.date())}))
    turned = words(officer.post("/launch/haren/life/redraw/", {**told, "first": "9", "last": "2"}))

    assert "Type a name in one of the languages" in unnamed
    assert "members must have two weeks to object" in soon
    assert "the lower number first" in turned
    assert QuarterChange.objects.count() == 0


def test_roles_are_chosen_and_one_change_waits_at_a_time(stage: Stage, officer: Client) -> None:
    page = split(stage, officer)
    mandate, deputy = stage.cast.here.coordinator.mandates.get(), stage.cast.here.deputy.mandates.get()

    officer.post(page, {"do": "roles", str(mandate.pk): "goes", str(deputy.pk): "stays"})
    stale = words(officer.post(page, {"do": "roles", str(mandate.pk): "ends"}, follow=True))
    again = officer.get("/launch/haren/life/merge/")
    officer.post(page, {"do": "give_up"})

    assert QuarterChange.objects.get().roles == {str(mandate.pk): "goes"}
    assert "Reload the page" in stale
    assert again.headers["Location"] == page
    assert QuarterChange.objects.get().state == "given_up"


def test_streets_are_added_and_taken_out_while_nobody_is_told(stage: Stage, officer: Client) -> None:
    page = split(stage, officer)
    more = {"do": "add", "streets": [stage.streets[1].pk], "side": "odd"}

    officer.post(page, more)
    added = [row["side"] for row in QuarterChange.objects.get().parts]
    officer.post(page, {"do": "remove", "part": "0"})
    left = [row["street"] for row in QuarterChange.objects.get().parts]
    nothing = words(officer.post(page, {"do": "remove", "part": "0"}, follow=True))
    turned = words(officer.post(page, {**more, "first": "9", "last": "2"}, follow=True))

    assert (added, left) == (["all", "odd"], [stage.streets[1].pk])
    assert "Choose at least one street that goes" in nothing
    assert "Choose at least one street that goes" not in turned


def test_a_member_objects_asks_or_leaves_by_the_link(stage: Stage) -> None:
    stage.released("merge")
    copies = Dispatch.objects.filter(message__purpose="launch.quarter_change").order_by("pk")
    links = {copy.contact.person_id: f"/launch/c/{answer_code(copy.pk)}/" for copy in copies if copy.contact}
    visitor = Client()

    shown = visitor.get(links[stage.mia.pk])
    stays = visitor.post(links[stage.mia.pk], {"answer": "stays"}, follow=True)
    visitor.post(links[stage.mia.pk], {"answer": "goes"})
    asks = visitor.post(links[stage.mia.pk], {"answer": "asks"}, follow=True)
    visitor.post(links[stage.leo.pk], {"answer": "leaves"})
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    assert "Laeken" in words(shown)
    assert "Une question n’est pas une opposition" in words(asks)
    assert "Haren" in words(stays)
    assert stage.of(stage.there) == {stage.mia.pk, stage.ada.pk}
    assert Membership.objects.get(person=stage.leo).state == "left"
    assert visitor.get(links[stage.mia.pk]).status_code == 200
    assert visitor.get("/launch/c/2222222222222/").status_code == 404


def test_many_streets_stand_in_groups_that_are_ticked_as_a_whole(stage: Stage, officer: Client) -> None:
    names = [f"Avenue {number:03}" for number in range(60)]
    Street.objects.bulk_create(
        Street(nis="21004", postcode="1130", register_id=name, name_fr=name, folded=name.lower()) for name in names
    )
    Coverage.objects.bulk_create(Coverage(area=stage.here.area, street=street) for street in Street.objects.all()[4:])
    with override("en"):
        form = SplitQuarterForm(streets=list(streets_of(stage.here.area)))
    title, group = form.fields["streets"].choices[0]
    told = {**WHY, "streets": [group[0][0], str(stage.streets[1].pk)], "side": "all"}

    shown = words(officer.get("/launch/haren/life/split/"))
    unnamed = words(officer.post("/launch/haren/life/split/", told))
    officer.post("/launch/haren/life/split/", {**told, "name_fr": "Haren Nord"})

    assert (title, group[0][1]) == ("Avenue 000 – Avenue 024", "All of these: 25 streets")
    assert (shown.count("street-ticks"), shown.count('<details class="details" open')) == (3, 0)
    assert unnamed.count('<details class="details" open') == 2
    assert len(QuarterChange.objects.get().parts) == 26


def test_a_link_that_was_answered_says_so_again(stage: Stage) -> None:
    stage.released("merge")
    copies = Dispatch.objects.filter(message__purpose="launch.quarter_change")
    links = {copy.contact.person_id: f"/launch/c/{answer_code(copy.pk)}/" for copy in copies if copy.contact}
    visitor = Client()
    visitor.post(links[stage.mia.pk], {"answer": "stays"})
    Membership.objects.filter(person=stage.leo).update(state="pending")
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=ON_DAY)

    objected, pending = (words(visitor.get(links[person.pk])) for person in (stage.mia, stage.leo))
    ContactPoint.objects.filter(person=stage.mia).delete()
    forgotten = visitor.get(links[stage.mia.pk])

    assert "Vous l’avez dit, et c’est noté" in objected
    assert "Vous avez demandé à rejoindre Laeken" in pending
    assert "Vous êtes membre" not in pending
    assert (forgotten.status_code, "Cette question est close" in words(forgotten)) == (200, True)


def test_the_coordinator_records_an_objection_made_by_telephone(stage: Stage) -> None:
    change = stage.released("merge")
    page = f"/launch/haren/change/{change.pk}/members/"
    clara = signed_in(stage.cast.here.coordinator)
    told = change.members.get(membership__person=stage.ada)

    shown = words(clara.get(page))
    clara.post(page, {"member": told.pk, "answer": "stays"})

    assert "Ada Muster" in shown
    assert change.members.get(pk=told.pk).answer == "stays"
    assert signed_in(stage.cast.officer).get(page).status_code == 404
    assert "Ada Muster" not in words(signed_in(stage.cast.officer).get(f"/launch/haren/change/{change.pk}/"))


def test_old_addresses_posters_and_street_codes_lead_on(stage: Stage) -> None:
    stage.done("redraw", StreetPart(stage.streets[0]))
    visitor, code = Client(), street_code(stage.streets[0])
    moved = visitor.get(f"/p/haren/s/{code}/", follow=True).redirect_chain[-1][0]
    QuarterChange.objects.update(state="given_up")
    stage.done("merge")

    assert moved == "/p/laeken/join/"
    assert visitor.get("/p/haren/").headers["Location"] == "/p/laeken/"
    assert visitor.get(f"/p/haren/s/{street_code(stage.streets[1])}/", follow=True).redirect_chain[-1][0] == (
        "/p/laeken/join/"
    )
    assert visitor.get("/p/nowhere/").status_code == 404


def test_streets_for_another_kind_of_partnership_are_said(stage: Stage, officer: Client) -> None:
    Partnership.objects.filter(key="laeken").update(kind="plp_i")
    told = {**WHY, "other": "laeken", "streets": [stage.streets[0].pk], "side": "all"}
    officer.post("/launch/haren/life/redraw/", told)

    page = words(officer.get(f"/launch/haren/change/{QuarterChange.objects.get().pk}/"))

    assert "They go to another kind: partnership of the self-employed." in page


def test_the_life_of_the_partnership_lists_its_changes(stage: Stage, officer: Client) -> None:
    page = split(stage, officer)

    shown = words(officer.get("/launch/haren/life/"))

    assert page in shown
    assert "Split it in two" in shown
    assert Partnership.objects.get(key="haren").quarter_changes.count() == 1
    assert officer.post(page, {"do": "nonsense"}).status_code == 404
