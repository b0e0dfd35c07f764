"""What is refused in a partnership changes no row; what the machine does there; what is told on a member's word."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from pypdf import PdfReader

from plp.accounts import actions as accounts
from plp.accounts import address_changes, invitations, recoveries
from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.membership import actions as memberships
from plp.membership import buddies, candidates, codes, enquiries, erasure, on_behalf, suspensions, trial_messages
from plp.membership.data_sheets import coordinator_data_sheet_pdf
from plp.membership.models import Membership
from plp.membership.paper_letters import welcome_pdf
from plp.partnership import actions as partnerships
from plp.partnership import presentation, statements
from plp.partnership.models import Partnership, Statement
from plp.partnership.states import State
from plp.people import actions as people
from plp.people.models import ContactPoint, Household, Person
from plp.places.models import Street
from plp.toolbox.moves import WrongState
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, PURPOSE, Cast, contact, member, person
from tests.factories.rows import leaves_all, rows_of
from tests.membership.test_enquiries import asking

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("partnership", "people", "mandates", "delivery"))
TOLD = {"by": None, "at": NOW}
LATER = NOW + timedelta(days=2)


def membership(cast: Cast, name: str = "Eva Exemple") -> Membership:
    return Membership.objects.get(person=member(cast.here.partnership, name))


def text_of(content: bytes) -> str:
    """The words of a PDF, spaces evened."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


REFUSED: list[tuple[Callable[[Cast], object], type[Exception]]] = [
    (lambda cast: memberships.end_all_memberships(partnership=cast.here.partnership, **TOLD), WrongState),
    (
        lambda cast: suspensions.suspend_membership(
            person=cast.chief, partnership=cast.here.partnership, by=cast.chief, at=NOW
        ),
        NotAllowed,
    ),
    (lambda cast: erasure.erase_own_data(person=cast.here.deputy, by=cast.here.coordinator, at=NOW), people.NotYours),
    (
        lambda cast: invitations.get_or_create_account_and_invite(
            mandate=Mandate.objects.get(person=cast.chief), email="carl@plp.test", by=cast.officer, at=NOW
        ),
        NotAllowed,
    ),
    (
        lambda cast: recoveries.request_recovery_and_mail_holder(
            Mandate.objects.get(person=cast.here.coordinator), by=cast.officer, at=NOW
        ),
        recoveries.NoSignIn,
    ),
    (
        lambda cast: buddies.invite_buddy(
            person=cast.chief,
            name="Noé Exemple",
            language="fr",
            channel="email",
            address="noe@example.org",
            by=cast.here.coordinator,
            at=NOW,
        ),
        NotAllowed,
    ),
]


@pytest.mark.parametrize(("act", "refusal"), REFUSED)
def test_what_is_refused_changes_nothing(cast: Cast, act: Callable[[Cast], object], refusal: type[Exception]) -> None:
    assert refused(lambda: act(cast), refusal)


def test_only_a_contact_of_the_member_is_vouched_for_stopped_or_tried(cast: Cast) -> None:
    mine, by = membership(cast), cast.here.coordinator
    other = contact(cast.here.deputy, "email", "denis@example.org", confirmed=False)

    assert refused(
        lambda: memberships.confirm_contact_by_hand(membership=mine, contact=other, by=by, at=NOW), NotAllowed
    )
    assert refused(
        lambda: on_behalf.stop_member_contact(membership=mine, contact=other, way="phone", by=by, at=NOW), NotAllowed
    )
    assert refused(lambda: trial_messages.send_trial_message(contact=other, by=by, at=NOW), people.NotYours)


def test_no_code_goes_where_people_carry_it(cast: Cast) -> None:
    paper = contact(cast.here.deputy, "paper", "Pieterstraat 3, 1130 Haren", confirmed=False)

    assert refused(
        lambda: codes.send_one_time_code(contact=paper, purpose="confirm_contact", browser="b", **TOLD),
        codes.NoCodeByHand,
    )


def test_nobody_is_barred_who_does_not_belong(cast: Cast) -> None:
    before = rows_of("partnership")

    assert not suspensions.suspend_membership(person=cast.chief, partnership=cast.here.partnership, **TOLD)
    assert rows_of("partnership") == before


def test_who_does_not_wait_any_more_is_asked_nothing(cast: Cast) -> None:
    mine = membership(cast)

    assert refused(
        lambda: enquiries.send_enquiry(membership=mine, words="Où ?", by=cast.here.coordinator, at=NOW), WrongState
    )


def test_words_that_are_only_remarked_on_do_not_hold_a_question(cast: Cast) -> None:
    words = "Votre porte serait du côté pair de la rue ?"

    enquiry = enquiries.send_enquiry(membership=asking(cast), words=words, by=cast.here.coordinator, at=NOW)

    assert enquiry.words == words


def test_a_screening_is_of_a_day_that_has_come(cast: Cast) -> None:
    given = {"partnership": cast.here.partnership, "person": membership(cast).person}
    candidate = candidates.propose_candidate(**given, function="committee", **TOLD)
    tomorrow = (NOW + timedelta(days=1)).date()

    assert refused(
        lambda: candidates.record_screening_and_end_unfit(
            candidate=candidate, screened_on=tomorrow, is_fit=True, **TOLD
        ),
        candidates.NotThatDay,
    )


def test_the_machine_needs_no_mandate(cast: Cast) -> None:
    partnership, someone = cast.here.partnership, membership(cast).person
    Partnership.objects.filter(pk=partnership.pk).update(state="creation")
    partnership.refresh_from_db()
    partnerships.activate_partnership(partnership=partnership, **TOLD)
    shown = {"contact_email": "haren@example.org", "contact_phone": ""}
    presentation.set_public_presentation(partnership=partnership, purpose=PURPOSE, **shown, **TOLD)
    candidate = candidates.propose_candidate(partnership=partnership, person=someone, function="coordinator", **TOLD)
    votes = {"votes_for": 9, "votes_against": 0, "abstentions": 0, "occasion": "soirée"}
    candidates.record_approval(candidate=candidate, decided_on=NOW.date(), **votes, **TOLD)
    candidates.record_screening_and_end_unfit(candidate=candidate, screened_on=NOW.date(), is_fit=True, **TOLD)
    mandate = candidates.appoint_and_admit_candidate(candidate=candidate, **TOLD)

    partnership.refresh_from_db()
    assert (partnership.state, partnership.contact_email) == (State.ACTIVE, "haren@example.org")
    assert mandate.person == someone


def test_what_everybody_reads_accuses_nobody_in_any_language(cast: Cast) -> None:
    partnership, guilty = cast.here.partnership, {"fr": "Veiller ensemble.", "nl": "De Roma zijn de dieven."}
    shown = {"contact_email": "", "contact_phone": ""}
    said = {"party": "police", "kind": "motive", "text": guilty["fr"], "language": "fr", "others": guilty}

    with pytest.raises(HeldWords):
        presentation.set_public_presentation(partnership=partnership, purpose=guilty, **shown, **TOLD)
    with pytest.raises(HeldWords):
        statements.add_statement(partnership=partnership, **said, **TOLD)

    partnership.refresh_from_db()
    assert "nl" not in partnership.purpose or partnership.purpose["nl"] != guilty["nl"]
    assert not Statement.objects.exists()


def test_the_machine_says_a_statement_in_other_words_and_takes_it_out(cast: Cast) -> None:
    said = {"party": "police", "kind": "motive", "text": "Un", "language": "fr"}
    statement = statements.add_statement(partnership=cast.here.partnership, **said, **TOLD)

    statements.change_statement(statement=statement, text="Deux", **TOLD)
    assert Statement.objects.get().text == "Deux"
    statements.delete_statement(statement=statement, **TOLD)
    assert not Statement.objects.exists()


def test_everybody_leaves_what_has_ended(cast: Cast) -> None:
    membership(cast)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    cast.here.partnership.refresh_from_db()

    assert memberships.end_all_memberships(partnership=cast.here.partnership, **TOLD) == 1
    assert Membership.objects.get().state == "left"


# On a member's word


def at_home(cast: Cast) -> Membership:
    """A member behind a door."""
    street = Street.objects.create(nis="21004", postcode="1130", register_id="S1", name_fr="Rue de Verdun")
    mine = membership(cast)
    people.set_front_door(person=mine.person, street=street, house="12", **TOLD)
    return Membership.objects.select_related("person__household__street").get(pk=mine.pk)


def test_what_was_right_stays_and_another_door_leaves_no_empty_one(cast: Cast) -> None:
    mine = at_home(cast)
    street = mine.person.household.street
    told = on_behalf.Correction("Eva Exemple", "fr", street=street, house="14", large_print=True)

    on_behalf.correct_member_with_receipt(
        membership=mine, correction=told, way="door", by=cast.here.coordinator, at=NOW
    )

    someone = Person.objects.get(pk=mine.person_id)
    assert someone.name == "Eva Exemple"
    assert someone.language == "fr"
    assert someone.preference.large_print is True
    assert [home.house for home in Household.objects.all()] == ["14"]


def test_who_lives_nowhere_here_keeps_no_door_and_gets_another_name_and_language(cast: Cast) -> None:
    mine = membership(cast)
    told = on_behalf.Correction("Eva Voorbeeld", "nl")

    on_behalf.correct_member_with_receipt(
        membership=mine, correction=told, way="phone", by=cast.here.coordinator, at=NOW
    )

    someone = Person.objects.get(pk=mine.person_id)
    assert (someone.name, someone.language, someone.household) == ("Eva Voorbeeld", "nl", None)


def test_the_last_one_who_goes_closes_the_door(cast: Cast) -> None:
    mine = at_home(cast)

    people.erase_person(person=mine.person, **TOLD)

    assert not Household.objects.exists()


def test_the_letter_for_the_box_and_the_sheet_name_door_and_contacts(cast: Cast) -> None:
    mine = at_home(cast)
    stopped = contact(mine.person, "sms", "+32470000001")
    contact(mine.person, "email", "eva@example.org", confirmed=False)
    ContactPoint.objects.filter(pk=stopped.pk).update(stopped_at=NOW)

    letter, sheet = text_of(welcome_pdf(mine, at=NOW)), text_of(coordinator_data_sheet_pdf(mine, at=NOW))

    assert letter.startswith(f"PLP {mine.partnership.name('fr')} Eva Exemple Rue de Verdun 12 1130 Bruxelles")
    assert f"Ce que le PLP {mine.partnership.name('fr')} garde sur vous" in sheet
    for words in ("arrêté le 25 novembre 2026", "non confirmé"):
        assert words in sheet


# Sign-ins


def opened(someone: Person, email: str) -> Account:
    return accounts.create_account(person=someone, email=email, password="x" * 20, **TOLD)


def proven(account: Account, email: str) -> None:
    """A change of address that only waits for its day."""
    change = address_changes.create_address_change(account=account, email=email, at=NOW)
    address_changes.record_address_as_proven(
        key=address_changes.address_change_link_key(change, address_changes.PROVE), at=NOW
    )


def test_an_address_that_became_somebody_elses_meanwhile_is_not_taken_over(cast: Cast) -> None:
    account = opened(cast.officer, "anne@plp.test")
    proven(account, "new@plp.test")
    opened(cast.chief, "new@plp.test")

    assert address_changes.replace_account_and_contact_addresses(at=LATER) == 0
    account.refresh_from_db()
    assert account.email == "anne@plp.test"


def test_an_address_of_another_sign_in_is_not_asked_for(cast: Cast) -> None:
    account = opened(cast.officer, "anne@plp.test")
    opened(cast.chief, "carl@plp.test")

    assert refused(
        lambda: address_changes.create_address_change(account=account, email="Carl@plp.test", at=NOW),
        accounts.AccountExists,
    )


@pytest.mark.parametrize("known", [[], ["new@plp.test"], ["anne@plp.test"]])
def test_contacts_that_are_not_both_there_stay_as_they_are(cast: Cast, known: list[str]) -> None:
    account = opened(cast.officer, "anne@plp.test")
    for one in known:
        contact(cast.officer, "email", one, confirmed=False)
    proven(account, "new@plp.test")

    assert address_changes.replace_account_and_contact_addresses(at=LATER) == 1
    account.refresh_from_db()
    assert account.username == username_digest_of_email("new@plp.test")
    assert [one.address for one in cast.officer.contacts.all()] == known


def test_a_new_start_is_nobodys_own_and_is_refused_once(cast: Cast) -> None:
    account = opened(cast.here.coordinator, "clara@plp.test")
    assert refused(
        lambda: recoveries.create_recovery_ending_earlier(account=account, by=cast.here.coordinator, at=NOW),
        recoveries.NotTheSecond,
    )
    recovery = recoveries.create_recovery_ending_earlier(account=account, by=cast.officer, at=NOW)
    recoveries.refuse_recovery(recovery, by=cast.second_officer, at=NOW)

    assert refused(
        lambda: recoveries.refuse_recovery(recovery, by=cast.chief, at=NOW),
        recoveries.RecoveryOver,
    )


def test_a_new_start_of_who_holds_nothing_any_more_is_over(cast: Cast) -> None:
    opened(cast.here.coordinator, "clara@plp.test")
    mandate = Mandate.objects.get(person=cast.here.coordinator)
    recovery = recoveries.request_recovery_and_mail_holder(mandate, by=cast.officer, at=NOW)
    Mandate.objects.filter(pk=mandate.pk).update(ends_at=NOW)

    assert refused(
        lambda: recoveries.approve_recovery_reset_and_invite(recovery, by=cast.second_officer, at=NOW),
        recoveries.RecoveryOver,
    )


def test_a_mandate_that_its_asker_may_not_give_is_passed_over(cast: Cast) -> None:
    opened(cast.chief, "carl@plp.test")
    account = Account.objects.get(person=cast.chief)
    recovery = recoveries.create_recovery_ending_earlier(account=account, by=person("Omar Exemple"), at=NOW)

    assert refused(
        lambda: recoveries.refuse_recovery(recovery, by=cast.second_officer, at=NOW), recoveries.RecoveryOver
    )
