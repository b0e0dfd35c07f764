"""Whose a mail is: the name of the partnership and the key of its members' list, as they leave."""

import pytest

from plp.delivery import actions
from plp.delivery.digests import combine_texts_into_digest
from plp.delivery.engine.copy_loader import text_with_partnership_of_row
from plp.delivery.models import MessageText
from plp.delivery.texts import Text
from tests.factories.cast import NOW, area

pytestmark = pytest.mark.django_db
HAREN = "be/z1/m21004/q-haren-2/"


def kept(language: str, **more: object) -> MessageText:
    texts = [Text("email", language, "Vols", "Fermez.")]
    made = actions.create_message(purpose="notice.advice", texts=texts, channels=["email"], by=None, at=NOW, **more)  # type: ignore[arg-type]
    return made.texts.get()


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "PLP Haren"), ("nl", "BIN Haren"), ("de", "LPP Haren"), ("en", "PLP Haren")]
)
def test_a_text_bears_the_name_of_the_partnership_in_its_own_language(language: str, name: str) -> None:
    area("quarter", HAREN, "Haren")

    text = text_with_partnership_of_row(kept(language, area=HAREN))

    assert text.sender == name
    assert text.list_key == "haren-2"
    assert text.may_be_stopped is True


def test_a_letter_is_a_partnerships_without_using_up_what_it_may_spend() -> None:
    area("quarter", HAREN, "Haren")
    letter = kept("fr", on_behalf_of=HAREN)

    assert (letter.message.area, text_with_partnership_of_row(letter).sender) == ("", "PLP Haren")


def test_what_the_house_itself_writes_bears_nobodys_name() -> None:
    text = text_with_partnership_of_row(kept("fr", area="be/z1/", despite_stop=True))

    assert text.sender == ""
    assert text.list_key == ""
    assert text.may_be_stopped is False


def test_messages_together_are_of_a_partnership_only_if_all_are() -> None:
    here, there = (Text("email", "fr", "Vols", "Fermez.", sender=f"PLP {key}", list_key=key) for key in ("a", "b"))

    assert combine_texts_into_digest([(here, "aaaa"), (here, "bbbb")]).sender == "PLP a"
    assert [
        getattr(combine_texts_into_digest([(here, "aaaa"), (there, "bbbb")]), name) for name in ("sender", "list_key")
    ] == [
        "",
        "",
    ]
