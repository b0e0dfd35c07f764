"""Each kind of message has a form of its own, and asks what people should do (R108, R109)."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.charter.kinds import KINDS
from plp.notices.compositions import languages_without_instructions
from plp.notices.models import Notice
from plp.portal.subjects.notices.write.forms import NoticeDetailsForm
from plp.wording.catalogue.composition import Choice, Composition
from plp.wording.catalogue.reader import sentences, situations
from tests.factories.cast import Cast
from tests.portal.notices.test_composer import begun, sent
from tests.portal.signing import signed_in, stop_clock

ALWAYS = {"reason", "keeps_secrecy", "prosecutor_consulted_on"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_asks_its_own_fields_and_nothing_else(kind: str) -> None:
    own = set(KINDS[kind].fields)

    assert set(NoticeDetailsForm(notice=Notice(kind=kind)).fields) == (own | ALWAYS) - (
        {"reason"} if "answer_by" in own else set()
    )


def test_kinds_differ_and_what_a_kind_does_not_ask_stays() -> None:
    notice = Notice(kind="newsletter", official_reference="BE-1")
    form = NoticeDetailsForm({"reason": "prevention"}, notice=notice)

    assert form.is_valid()
    assert form.notice_values()["official_reference"] == "BE-1"
    assert len({KINDS[kind].fields for kind in KINDS}) >= 7


def test_what_a_situation_begins_with_says_what_to_do_where_its_kind_asks() -> None:
    silent = [
        key
        for key, situation in situations().items()
        if languages_without_instructions(
            Notice(kind=situation.kind), Composition(key, [Choice(sentence) for sentence in situation.start])
        )
    ]

    assert silent == []
    assert [sentences()[key].is_request for key in ("burglary.lock", "burglary.several", "smoke.over")] == [
        True,
        False,
        False,
    ]


@pytest.mark.django_db
def test_the_page_misses_what_people_should_do(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")

    full, bare = _composed(officer, notice), _composed(officer, notice, sentence=["burglary.several"])

    words = "What can people do against it?"
    assert [words in page for page in (full, bare)] == [False, True]


def _composed(officer: Client, notice: Notice, **changes: object) -> str:
    """The page of the sentences after these were sent."""
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text)
    officer.post(address, form | changes)
    return officer.get(address).text
