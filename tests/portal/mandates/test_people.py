"""The people of a partnership through the pages: put forward, voted, screened, appointed, ended, given tasks."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from plp.accounts.models import Account
from plp.delivery.models import Message
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role, Task
from plp.mandates.models import Delegation, Mandate
from plp.mandates.queries import may
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.states import Candidacy, Function
from plp.people.models import Person
from plp.portal.subjects.mandates.rows import PeopleRights, posts_with_candidates
from tests.factories.cast import NOW, Cast, contact, hold, member
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
VOTE = {"decided_on": "2026-11-24", "occasion": "information evening", "abstentions": "1"}
FOR = VOTE | {"outcome": "approved", "votes_for": "30", "votes_against": "2", "was_public": "on"}


def url(name: str, *more: object, key: str = "haren") -> str:
    return reverse(f"mandates:{name}", args=[key, *more])


def emma(cast: Cast) -> Person:
    """A member with a proven address."""
    someone = member(cast.here.partnership, "Emma Nouvelle")
    contact(someone, "email", "emma@plp.test")
    return someone


def row(candidate: Candidate, **fields: str) -> dict[str, str]:
    """What one row of the sheet of appointments sends."""
    return {f"{candidate.pk}-{name}": value for name, value in fields.items()}


def put_forward(cast: Cast, function: Function = Function.COORDINATOR, name: str = "Emma Nouvelle") -> Candidate:
    return candidates.propose_candidate(
        partnership=cast.here.partnership,
        person=member(cast.here.partnership, name),
        function=function,
        by=cast.officer,
        at=NOW,
    )


def approved(cast: Cast, function: Function = Function.COORDINATOR) -> Candidate:
    chosen = put_forward(cast, function)
    counts = {"votes_for": 9, "votes_against": 1, "abstentions": 0, "occasion": "evening", "decided_on": NOW.date()}
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **counts)
    return chosen


def test_from_put_forward_to_appointed(cast: Cast) -> None:
    someone, officer = emma(cast), signed_in(cast.officer)

    officer.post(
        url("propose"), {"function": "coordinator", "contact": "Emma@plp.test", "name": "emma nouvelle", "agrees": "on"}
    )
    chosen = Candidate.objects.get()
    officer.post(url("vote", chosen.pk), FOR)
    page = officer.get(url("appointments")).content.decode()
    early = officer.post(url("appointments"), row(chosen, appoints="on")).content.decode()
    done = officer.post(url("appointments"), row(chosen, outcome="fit", screened_on="2026-11-25", appoints="on"))

    assert "Member of the partnership" in page
    assert "Nobody is appointed before a favourable screening." in early
    assert done["Location"] == url("people")
    assert may(someone, Permission.NOTICE_RELAY, cast.here.area, at=AT)
    assert Account.objects.get(person=someone).email == "emma@plp.test"
    assert Message.objects.get().purpose == "people.invitation"
    assert "Emma Nouvelle" in officer.get(url("people")).content.decode()


def test_a_committee_member_without_an_email_address_is_appointed_and_has_no_sign_in(cast: Cast) -> None:
    chosen, officer = approved(cast, Function.COMMITTEE), signed_in(cast.officer)
    contact(chosen.person, "calls", "+3225551212")

    page = officer.post(url("appointments"), row(chosen, appoints="on"), follow=True).text

    assert Mandate.objects.get(person=chosen.person).role == Role.COMMITTEE
    assert "Appointed. Whoever gave an e-mail address gets a link to the sign-in." in page
    assert not Account.objects.filter(person=chosen.person).exists()


def test_a_coordinator_signs_in_and_needs_an_email_address(cast: Cast) -> None:
    chosen, officer = approved(cast), signed_in(cast.officer)
    given = row(chosen, outcome="fit", screened_on="2026-11-25", appoints="on")

    page = officer.post(url("appointments"), given).text

    assert "This person gave no e-mail address." in page
    assert not Mandate.objects.filter(person=chosen.person).exists()


def test_nobody_is_put_forward_who_did_not_register_here(cast: Cast) -> None:
    contact(member(cast.next_door.partnership, "Fanny Ailleurs"), "email", "fanny@plp.test")
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    officer = signed_in(cast.officer)

    typed = [("fanny@plp.test", "Fanny Ailleurs"), ("nobody@plp.test", "Fanny"), ("<script>", "x"), ("0" * 254, "x")]
    for address, name in [*typed, ("eva@plp.test", "Fanny Ailleurs")]:
        form = {"function": "deputy", "contact": address, "name": name, "agrees": "on"}
        page = officer.post(url("propose"), form).content.decode()
        assert "No member registered with this name and this contact." in page
        assert "Eva Exemple" not in page
    assert not Candidate.objects.exists()


def test_two_people_with_one_telephone_are_told_apart_by_name(cast: Cast) -> None:
    for name in ("Emma Nouvelle", "Farid Nouvelle"):
        contact(member(cast.here.partnership, name), "calls", "+3225551212")
    officer, form = signed_in(cast.officer), {"function": "deputy", "contact": "02 555 12 12", "agrees": "on"}

    officer.post(url("propose"), form)
    none_yet = Candidate.objects.count()
    officer.post(url("propose"), form | {"name": "farid nouvelle"})

    assert none_yet == 0
    assert Candidate.objects.get().person.name == "Farid Nouvelle"


def test_more_votes_than_members_are_asked_about(cast: Cast) -> None:
    chosen, officer = put_forward(cast), signed_in(cast.officer)

    asked = officer.post(url("vote", chosen.pk), FOR | {"votes_for": "5000", "was_public": ""}).content.decode()
    before = Candidate.objects.get().state
    officer.post(url("vote", chosen.pk), FOR | {"votes_for": "5000"})

    assert "5003 votes, and" in asked
    assert (before, Candidate.objects.get().state) == ("proposed", "approved")


def test_the_tick_that_others_voted_outlives_another_error(cast: Cast) -> None:
    chosen, officer = put_forward(cast), signed_in(cast.officer)

    answer = officer.post(url("vote", chosen.pk), FOR | {"votes_for": "5000", "occasion": ""})

    assert answer.context["form"]["was_public"].value() is True
    assert 'name="was_public"' in answer.content.decode()


def test_a_vote_without_majority_is_no_approval(cast: Cast) -> None:
    chosen, officer = put_forward(cast), signed_in(cast.officer)

    page = officer.post(url("vote", chosen.pk), FOR | {"votes_against": "30"}).content.decode()
    future = officer.post(url("vote", chosen.pk), FOR | {"decided_on": "2027-01-01"}).content.decode()
    officer.post(url("vote", chosen.pk), FOR | {"outcome": "rejected", "votes_for": "1"})

    chosen.refresh_from_db()
    assert "An approval needs more votes for than against." in page
    assert "This day is still to come." in future
    assert chosen.state == Candidacy.NOT_APPROVED


def test_a_screening_without_favour_asks_for_a_new_choice_and_tells_the_officer_alone(cast: Cast) -> None:
    chosen, officer = approved(cast), signed_in(cast.officer)

    slip = row(chosen, outcome="unfit", screened_on="2026-11-25")
    answer = officer.post(url("appointments"), slip, follow=True).content.decode()
    others = signed_in(cast.here.coordinator).get(url("people")).content.decode()

    assert "Ask the members to choose somebody else." in answer
    assert "screening not favourable" in answer
    assert "no longer a candidate" in others
    assert "favourable" not in others.split("Emma Nouvelle", 1)[1]
    assert "Nobody waits to be appointed" in officer.get(url("appointments")).content.decode()


def test_the_officer_proves_anew_who_they_are(cast: Cast) -> None:
    approved(cast)
    stale = signed_in(cast.officer, minutes_ago=6)

    assert stale.post(url("appointments"))["Location"].startswith(reverse("account_prove"))


@pytest.mark.parametrize("name", ["screening", "appoint"])
def test_the_addresses_of_one_candidate_lead_to_the_sheet_of_all(cast: Cast, name: str) -> None:
    chosen = approved(cast)

    assert signed_in(cast.officer).get(url(name, chosen.pk))["Location"] == url("appointments")


def test_neither_coordinator_nor_stranger_screens_or_appoints(cast: Cast) -> None:
    chosen = approved(cast)
    municipality = member(cast.abroad.partnership, "Mia Gemeinde")
    hold(municipality, Role.MUNICIPALITY, cast.here.area.__class__.objects.get(path="be/z10/m63049/"))
    strangers = (cast.foreign_officer, cast.next_door.coordinator, municipality)

    for person in (cast.here.coordinator, *strangers):
        browser = signed_in(person)
        assert browser.get(url("screening", chosen.pk)).status_code == 404
        assert browser.get(url("appointments")).status_code == 404
        assert browser.post(url("appointments"), row(chosen, appoints="on")).status_code == 404
    for person in strangers:
        browser = signed_in(person)
        pages = [url("people"), url("propose"), url("vote", chosen.pk), url("withdraw", chosen.pk)]
        assert [browser.get(page).status_code for page in pages] == [404] * 4
    chosen.refresh_from_db()
    assert chosen.state == Candidacy.APPROVED


def test_a_candidacy_is_taken_back_after_a_question(cast: Cast) -> None:
    chosen, coordinator = put_forward(cast), signed_in(cast.here.coordinator)

    assert "Withdraw this candidacy?" in coordinator.get(url("withdraw", chosen.pk)).content.decode()
    coordinator.post(url("withdraw", chosen.pk))

    chosen.refresh_from_db()
    assert chosen.state == Candidacy.WITHDRAWN


def test_the_last_coordinator_is_ended_with_a_warning(cast: Cast) -> None:
    officer, mandate = signed_in(cast.officer), Mandate.objects.get(person=cast.here.coordinator)

    page = officer.get(url("end", mandate.pk)).content.decode()
    officer.post(url("end", mandate.pk))

    assert "then has no coordinator" in page
    assert not may(cast.here.coordinator, Permission.NOTICE_RELAY, cast.here.area, at=AT)
    assert signed_in(cast.foreign_officer).get(url("end", mandate.pk)).status_code == 404


def test_a_new_link_goes_to_who_has_a_sign_in(cast: Cast) -> None:
    officer, mandate = signed_in(cast.officer), Mandate.objects.get(person=cast.here.coordinator)
    without = officer.post(url("link", mandate.pk))
    signed_in(cast.here.coordinator)

    officer.post(url("link", mandate.pk))

    assert without.status_code == 409
    assert Message.objects.filter(purpose="people.invitation").count() == 1


def test_the_coordinator_gives_tasks_one_by_one(cast: Cast) -> None:
    someone = member(cast.here.partnership, "Ella Exemple")
    mandate = hold(someone, Role.COMMITTEE, cast.here.area)
    coordinator = signed_in(cast.here.coordinator)
    page = url("tasks", mandate.pk)

    coordinator.post(page, {"tasks": ["members", "plan"]})
    coordinator.post(page, {"tasks": ["members"]})

    assert list(Delegation.objects.filter(ends_at=None).values_list("task", flat=True)) == [Task.MEMBERS]
    assert signed_in(someone).get(reverse("membership:desk:members")).status_code == 200
    assert signed_in(someone).get(reverse("notices:relay:inbox")).status_code == 404
    assert signed_in(cast.officer).get(page).status_code == 404
    assert signed_in(cast.next_door.coordinator).get(page).status_code == 404
    assert coordinator.post(page, {"tasks": ["platform"]}).status_code == 200


def test_the_page_asks_as_much_for_three_people_as_for_one(cast: Cast, django_assert_num_queries) -> None:
    def look(browser: Client, queries: int) -> None:
        with django_assert_num_queries(queries):
            assert browser.get(url("people")).status_code == 200

    officer = signed_in(cast.officer)
    put_forward(cast)
    officer.get(url("people"))
    look(officer, COST)
    for name in ("Farid Voisin", "Gus Voisin"):
        put_forward(cast, Function.COMMITTEE, name)
        mandate = hold(member(cast.here.partnership, f"{name} Deux"), Role.COMMITTEE, cast.here.area)
        mandates.delegate_task(mandate=mandate, task=Task.PLAN, by=cast.here.coordinator, at=NOW)
    look(officer, COST)


COST = 8  # session, account, what one holds, partnership, posts (3), whom a meeting elected


def test_whoever_has_one_partnership_comes_straight_to_it(cast: Cast) -> None:
    assert signed_in(cast.here.coordinator).get(reverse("mandates:home"))["Location"] == url("people")
    page = signed_in(cast.officer).get(reverse("mandates:home")).content.decode()
    assert (url("people") in page, url("people", key="malmedy") in page) == (True, False)


def test_the_first_page_tells_the_officer_what_waits(cast: Cast) -> None:
    approved(cast)
    approved_committee = put_forward(cast, Function.COMMITTEE, "Farid Voisin")
    counts = {"votes_for": 9, "votes_against": 1, "abstentions": 0, "occasion": "evening", "decided_on": NOW.date()}
    candidates.record_approval(candidate=approved_committee, by=cast.officer, at=NOW, **counts)

    page = signed_in(cast.officer).get("/").content.decode()

    assert "1 candidate waits for the screening" in page
    assert "1 person can be appointed" in page
    assert "waits for the screening" not in signed_in(cast.here.coordinator).get("/").content.decode()


@pytest.mark.parametrize(("language", "hall"), [("fr", "Salle Harenberg"), ("nl", "Zaal Harenberg")])
def test_the_line_of_a_vote_names_the_hall_in_one_language_and_its_day_once(
    cast: Cast, language: str, hall: str
) -> None:
    chosen = put_forward(cast)
    counts = {"votes_for": 9, "votes_against": 1, "abstentions": 0, "decided_on": NOW.date()}
    occasion = f"Salle Harenberg / Zaal Harenberg, {NOW:%d/%m/%Y}"
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, occasion=occasion, **counts)

    with override(language):
        rights = PeopleRights(proposes=True, appoints=True, delegates=False)
        posts = posts_with_candidates(cast.here.partnership, rights, at=NOW)

    assert [choice.occasion for post in posts for choice in post.choices] == [hall]
