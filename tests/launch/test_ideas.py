"""An idea: filed by anybody, read by the police of its zone, answered once (R10, R11)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, Message
from plp.journal.models import Entry
from plp.launch.actions import ideas
from plp.launch.letters import idea_key_with_signature, is_valid_idea_link_signature
from plp.launch.models import Idea
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.queries.ideas import (
    idea_after_merges,
    ideas_and_partnerships_idea_may_join,
    ideas_person_may_read,
    zone_that_answers_for_municipality,
)
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.people.models import Person
from plp.places import actions as places
from plp.toolbox.moves import WrongState
from plp.toolbox.words import BadWords
from plp.wording.held_words import HeldWords
from tests.launch.ground import NOW, Ground, idea, reachable_officer, telling

pytestmark = pytest.mark.django_db

FOUNDING = ideas.PartnershipDetails(
    key="chene", names={"fr": "Le Chêne"}, kind="plp", languages=["fr"], purpose={"fr": "Mieux se connaître"}
)


def test_filing_tells_the_desk_the_place_and_nothing_more(ground: Ground) -> None:
    reachable_officer(ground)

    filed = idea(ground)

    message = Message.objects.get(purpose="launch.idea")
    bodies = list(message.texts.values_list("body", flat=True))
    assert (filed.state, filed.origin, filed.words) == ("open", "resident", "Nous voulons mieux nous connaître.")
    assert message.audience == 1
    assert [body for body in bodies if "connaître" in body] == []
    assert Entry.objects.get(verb="idea.filed").details == {"origin": "resident"}


def test_each_office_reads_the_municipality_in_its_own_language(ground: Ground) -> None:
    officer = reachable_officer(ground)
    type(ground.municipality).objects.filter(pk=ground.municipality.pk).update(name_fr="Hal", name_nl="Halle")
    type(officer).objects.filter(pk=officer.pk).update(language="nl")

    ideas.file_idea_and_notify_zone_desk(
        telling=telling(type(ground.municipality).objects.get(pk=ground.municipality.pk)), by=None, at=NOW
    )

    texts = Message.objects.get(purpose="launch.idea").texts
    assert list(texts.values_list("subject", flat=True)) == ["Een nieuw idee voor een BIN in Halle"]


def test_words_of_an_idea_are_sealed(ground: Ground) -> None:
    filed = idea(ground, telephone="0470 00 00 00")

    stored = Idea.objects.filter(pk=filed.pk).values_list("words", "telephone").get()

    assert b"conna" not in bytes(stored[0])
    assert b"0470" not in bytes(stored[1])
    assert Idea.objects.get(pk=filed.pk).telephone == "0470 00 00 00"


@pytest.mark.parametrize("words", ["Voir http://spam.example", "www.spam.example", "<a href=x>", "HTTPS://X.example"])
def test_links_are_refused(ground: Ground, words: str) -> None:
    with pytest.raises(ideas.LinkInIdea):
        idea(ground, words=words)


@pytest.mark.parametrize("words", ["", "   ", "x" * 1501, "a\u202eb", "nul\x00"])
def test_words_without_sense_are_refused(ground: Ground, words: str) -> None:
    with pytest.raises(BadWords):
        idea(ground, words=words)


def test_only_the_police_of_the_zone_read_ideas(ground: Ground) -> None:
    filed = idea(ground)

    seen = {
        name: list(ideas_person_may_read(person, at=NOW))
        for name, person in {
            "officer": ground.officer,
            "foreign": ground.cast.foreign_officer,
            "coordinator": ground.coordinator,
            "chief": ground.cast.chief,
            "nobody": None,
        }.items()
    }

    assert seen == {"officer": [filed], "foreign": [], "coordinator": [], "chief": [], "nobody": []}


def test_a_stranger_answers_nothing(ground: Ground) -> None:
    filed = idea(ground)

    for by in (ground.cast.foreign_officer, ground.coordinator):
        with pytest.raises(NotAllowed):
            ideas.decline_idea_and_notify_teller(idea=filed, reason="Non", by=by, at=NOW)
        with pytest.raises(NotAllowed):
            ideas.found_partnership_from_idea_and_notify_teller(idea=filed, founding=FOUNDING, words="", by=by, at=NOW)


def test_declining_needs_a_reason_and_tells_the_teller_once(ground: Ground) -> None:
    filed = idea(ground, contact=("email", "voisin@example.org"))
    with pytest.raises(BadWords):
        ideas.decline_idea_and_notify_teller(idea=filed, reason=" ", by=ground.officer, at=NOW)

    ideas.decline_idea_and_notify_teller(idea=filed, reason="Il existe déjà un PLP.", by=ground.officer, at=NOW)

    assert (filed.state, filed.answer) == ("declined", "Il existe déjà un PLP.")
    assert Dispatch.objects.filter(message__purpose="launch.idea_answer").count() == 1
    with pytest.raises(WrongState):
        ideas.decline_idea_and_notify_teller(
            idea=Idea.objects.get(pk=filed.pk), reason="Encore", by=ground.officer, at=NOW
        )


def test_an_answer_accuses_nobody_and_calls_nobody_to_patrol(ground: Ground) -> None:
    filed = idea(ground)

    with pytest.raises(HeldWords):
        ideas.decline_idea_and_notify_teller(
            idea=filed, reason="Faites des rondes vous-mêmes.", by=ground.officer, at=NOW
        )

    filed.refresh_from_db()
    assert filed.state == "open"


def test_taking_up_begins_a_partnership_and_gives_nobody_a_role(ground: Ground) -> None:
    filed = idea(ground, contact=("email", "voisin@example.org"))
    before = (Mandate.objects.count(), Membership.objects.count())

    partnership = ideas.found_partnership_from_idea_and_notify_teller(
        idea=filed, founding=FOUNDING, words="Bienvenue", by=ground.officer, at=NOW
    )

    assert (partnership.state, partnership.area.path, partnership.area.kind) == (
        "idea",
        "be/z1/m21004/q-chene/",
        "quarter",
    )
    assert (Mandate.objects.count(), Membership.objects.count()) == before
    assert gather_groundwork_facts(partnership).idea_origin == "resident"
    with pytest.raises(places.KeyTaken):
        ideas.found_partnership_from_idea_and_notify_teller(
            idea=idea(ground), founding=FOUNDING, words="", by=ground.officer, at=NOW
        )


def test_an_idea_joined_to_another_shares_its_fate(ground: Ground) -> None:
    first, second = idea(ground), idea(ground, origin="traders")

    ideas.merge_idea_and_notify_teller(idea=second, into=first, words="", by=ground.officer, at=NOW)
    partnership = ideas.found_partnership_from_idea_and_notify_teller(
        idea=first, founding=FOUNDING, words="", by=ground.officer, at=NOW
    )

    second.refresh_from_db()
    assert idea_after_merges(second) == first
    assert second.partnership == partnership
    with pytest.raises(ideas.NotInSameZone):
        ideas.merge_idea_and_notify_teller(idea=idea(ground), into=second, words="", by=ground.officer, at=NOW)


def test_an_idea_is_joined_within_its_zone_only(ground: Ground) -> None:
    filed = idea(ground)

    beside, partnerships = ideas_and_partnerships_idea_may_join(filed, ground.officer, at=NOW)
    with pytest.raises(ideas.NotInSameZone):
        ideas.merge_idea_and_notify_teller(
            idea=filed, into=ground.cast.abroad.partnership, words="", by=ground.officer, at=NOW
        )
    with pytest.raises(ideas.NotInSameZone):
        ideas.merge_idea_and_notify_teller(idea=filed, into=filed, words="", by=ground.officer, at=NOW)

    assert beside == []
    assert [one.key for one in partnerships] == ["haren", "laeken"]


def test_the_desk_of_a_zone_is_named_by_its_police(ground: Ground) -> None:
    told = {"office": "PLP", "telephone": "02 000 00 00", "mail": "plp@zone.example", "website": ""}

    ideas.set_public_desk_of_zone(zone=ground.cast.zone, by=ground.officer, at=NOW, **told)
    found = zone_that_answers_for_municipality(ground.municipality, at=NOW)

    assert found.zone == ground.cast.zone
    assert found.is_served is True
    assert found.desk is not None
    assert found.desk.telephone == "02 000 00 00"
    with pytest.raises(NotAllowed):
        ideas.set_public_desk_of_zone(zone=ground.cast.zone, by=ground.cast.foreign_officer, at=NOW, **told)


def test_the_follow_up_link_is_signed(ground: Ground) -> None:
    first, second = idea(ground), idea(ground)

    key, signature = idea_key_with_signature(first.pk).split("/")

    assert key == str(first.pk)
    assert is_valid_idea_link_signature(first.pk, signature) is True
    assert is_valid_idea_link_signature(second.pk, signature) is False


def test_words_and_contact_are_erased_after_ninety_days(ground: Ground) -> None:
    filed = idea(ground, contact=("email", "voisin@example.org"), telephone="0470")
    waiting = idea(ground)
    ideas.decline_idea_and_notify_teller(idea=filed, reason="Non", by=ground.officer, at=NOW)
    later = NOW + timedelta(days=90)

    assert ideas.erase_contents_of_answered_ideas(by=None, at=later - timedelta(seconds=1)) == 0
    assert ideas.erase_contents_of_answered_ideas(by=None, at=later) == 1
    assert ideas.erase_contents_of_answered_ideas(by=None, at=later) == 0

    filed, waiting = Idea.objects.get(pk=filed.pk), Idea.objects.get(pk=waiting.pk)
    assert (filed.words, filed.telephone, filed.teller, filed.answer) == ("", "", None, "Non")
    assert waiting.words == "Nous voulons mieux nous connaître."
    assert [person for person in Person.objects.all() if person.name == ideas.UNNAMED] == []


def test_an_unknown_origin_is_refused(ground: Ground) -> None:
    with pytest.raises(ValueError, match="mayor"):
        ideas.file_idea_and_notify_zone_desk(telling=telling(ground.municipality, origin="mayor"), by=None, at=NOW)


def test_who_left_no_name_is_emptied_too(ground: Ground) -> None:
    filed = idea(ground, telephone="")
    ideas.decline_idea_and_notify_teller(idea=filed, reason="Non", by=ground.officer, at=NOW)
    Idea.objects.update(teller=None)

    assert ideas.erase_contents_of_answered_ideas(by=None, at=NOW + timedelta(days=90)) == 1
    assert Idea.objects.get().words == ""


def test_ideas_joined_in_a_ring_are_read_to_an_end(ground: Ground) -> None:
    first, second = idea(ground), idea(ground)
    for one, other in ((first, second), (second, first)):
        Idea.objects.filter(pk=one.pk).update(state="merged", merged_into=other, answered_at=NOW)

    assert idea_after_merges(Idea.objects.get(pk=first.pk)) in {first, second}
