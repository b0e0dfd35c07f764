"""Who asks to join: asked something, refused on a ground with a letter, forgotten in time (R45, R63, R84)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plp.delivery.models import Dispatch, Message
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.membership import enquiries, refusals
from plp.membership.models import Enquiry, Membership, Refusal
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from plp.toolbox.words import BadWords
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast, contact, hold, member, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUESTION = "Habitez-vous du côté pair de la rue ?"


def asking(cast: Cast, name: str = "Gina Exemple", *, confirmed: bool = True) -> Membership:
    """A neighbour with a mail address who waits."""
    someone = person(name)
    contact(someone, "email", f"{uuid4().hex}@example.org", confirmed=confirmed)
    return Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=NOW)


def enquired(cast: Cast, membership: Membership) -> Enquiry:
    return enquiries.send_enquiry(membership=membership, words=QUESTION, by=cast.here.coordinator, at=NOW)


def test_a_question_goes_by_their_channel_and_is_answered_by_its_link(cast: Cast) -> None:
    membership = asking(cast)

    enquiry = enquired(cast, membership)

    assert (enquiry.sent, enquiry.due_at) == (1, NOW + 14 * DAY)
    assert Dispatch.objects.get().message.purpose == "partnership.enquiry"
    key, signature = enquiries.enquiry_answer_path(enquiry).split("/")
    assert enquiries.waiting_enquiry_by_link(key, signature) == enquiry
    assert enquiries.waiting_enquiry_by_link(uuid4().hex, signature) is None
    enquiries.record_enquiry_answer(enquiry=enquiry, words="yes", by=None, at=NOW + DAY)
    enquiry.refresh_from_db()
    assert (enquiry.answer_in_words, enquiry.answered_at) == ("Oui", NOW + DAY)
    assert QUESTION not in str(list(Entry.objects.values_list("details", flat=True)))
    with pytest.raises(WrongState):
        enquiries.record_enquiry_answer(enquiry=enquiry, words="no", by=None, at=NOW + DAY)


def test_whoever_is_asked_chooses_an_answer_and_writes_no_words(cast: Cast) -> None:
    enquiry = enquired(cast, asking(cast))

    with pytest.raises(ValueError, match="KAN"):
        enquiries.record_enquiry_answer(
            enquiry=enquiry, words="Oui. Le type en veste noire, 1-KAN-777", by=None, at=NOW + DAY
        )

    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_at) == ("", None)


def test_nothing_goes_to_an_address_that_nobody_proved(cast: Cast) -> None:
    assert enquired(cast, asking(cast, confirmed=False)).sent == 0
    assert not Dispatch.objects.exists()


def test_one_question_at_a_time_in_plain_and_fair_words(cast: Cast) -> None:
    membership = asking(cast)
    ask = {"membership": membership, "by": cast.here.coordinator, "at": NOW}
    with pytest.raises(BadWords):
        enquiries.send_enquiry(words=" ", **ask)
    with pytest.raises(HeldWords):
        enquiries.send_enquiry(words="Êtes-vous de l'origine maghrébine de votre voisin suspect ?", **ask)

    enquired(cast, membership)

    with pytest.raises(enquiries.EnquiryOpen):
        enquired(cast, membership)


def test_who_waits_is_refused_on_a_ground_told_and_forgotten_after_a_month(cast: Cast) -> None:
    membership = asking(cast)

    refusal = refusals.refuse_applicant_and_notify(
        membership=membership, ground="outside", words="La rue est à Evere.", by=cast.here.coordinator, at=NOW
    )

    assert refusal.sent == 1
    body = Message.objects.get(purpose="partnership.refused").texts.get(channel="email").body
    assert "Vous n’habitez pas et ne travaillez pas dans le quartier. La rue est à Evere." in body
    assert Entry.objects.get(verb="membership.refused").details == {"ground": "outside"}
    assert refusals.erase_refused_and_stale_applicants(by=None, at=NOW + 29 * DAY) == 0
    assert refusals.erase_refused_and_stale_applicants(by=None, at=NOW + 30 * DAY) == 1
    assert not Person.objects.filter(pk=membership.person_id).exists()
    assert not Refusal.objects.exists()


def test_words_beside_a_ground_pass_the_message_check(cast: Cast) -> None:
    membership = asking(cast)

    with pytest.raises(HeldWords):
        refusals.refuse_applicant_and_notify(
            membership=membership,
            ground="outside",
            words="Jean Dupont est un voleur.",
            by=cast.here.coordinator,
            at=NOW,
        )

    assert Membership.objects.get().state == "pending"


def test_a_ground_outside_the_table_does_not_exist(cast: Cast) -> None:
    membership = asking(cast)

    with pytest.raises(ValueError, match="origin"):
        refusals.refuse_applicant_and_notify(membership=membership, ground="origin", by=cast.here.coordinator, at=NOW)

    assert Membership.objects.get().state == "pending"


def test_whoever_belongs_elsewhere_stays_there(cast: Cast) -> None:
    someone = member(cast.next_door.partnership, "Frank Voorbeeld")
    hers = Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=NOW)
    refusals.refuse_applicant_and_notify(membership=hers, ground="outside", by=cast.here.coordinator, at=NOW)

    refusals.erase_refused_and_stale_applicants(by=None, at=NOW + 31 * DAY)

    assert list(Membership.objects.values_list("partnership", "person")) == [
        (cast.next_door.partnership.pk, someone.pk)
    ]


def test_who_waited_for_ninety_days_is_forgotten_unless_they_were_asked_since(cast: Cast) -> None:
    silent, asked = asking(cast), asking(cast, "Hugo Exemple")
    enquiries.send_enquiry(membership=asked, words=QUESTION, by=cast.here.coordinator, at=NOW + 60 * DAY)

    assert refusals.erase_refused_and_stale_applicants(by=None, at=NOW + 90 * DAY) == 1
    assert list(Membership.objects.all()) == [asked]
    assert not Person.objects.filter(pk=silent.person_id).exists()


def test_only_whoever_manages_the_members_asks_and_refuses(cast: Cast) -> None:
    membership = asking(cast)
    enquiry = enquired(cast, membership)
    helper = person("Ella Comité")
    hold(helper, Role.COMMITTEE, cast.here.area)

    for nobody in (cast.next_door.coordinator, cast.here.deputy, cast.officer, cast.chief, helper):
        with pytest.raises(NotAllowed):
            enquiries.send_enquiry(membership=membership, words=QUESTION, by=nobody, at=NOW)
        with pytest.raises(NotAllowed):
            enquiries.record_enquiry_answer(enquiry=enquiry, words="Oui", by=nobody, at=NOW)
        with pytest.raises(NotAllowed):
            refusals.refuse_applicant_and_notify(membership=membership, ground="outside", by=nobody, at=NOW)
        assert not enquiries.enquiries_in_scope(nobody, at=NOW).exists()
        assert not refusals.refusals_in_scope(nobody, at=NOW).exists()
