"""Who may still release a message is named on its page; a writer is offered nothing, and nobody left is said (T1)."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.factories.cast import NOW, Cast
from tests.notices.test_notices import CORE, drafted
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
NOBODY = "Nobody is left who may release this message"


def changed_by_the_second(cast: Cast) -> Notice:
    """A draft of the one with a sign of the other."""
    notice = drafted(cast)
    about = {"title": "Vol par ruse", "core": f"{CORE}!", "more": ""}
    notices.write_text_and_drop_composition(notice=notice, language="fr", **about, by=cast.second_officer, at=NOW)
    return notice


def page(client: Client, name: str, notice: Notice) -> str:
    return client.get(reverse(f"notices:{name}", args=[notice.pk])).text


def test_the_page_names_the_writers_and_those_who_may_release(cast: Cast) -> None:
    notice = changed_by_the_second(cast)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    writer, chief = (
        page(signed_in(cast.second_officer), "desk:detail", notice),
        page(signed_in(cast.chief), "desk:detail", notice),
    )

    for shown in (writer, chief):
        assert "Written by: Anne Exemple, Bart Voorbeeld" in shown
        assert "These colleagues may release it: Carl Muster" in shown
    link = f'href="{reverse("notices:release:release", args=[notice.pk])}"'
    assert (link in writer, link in chief) == (False, True)
    assert "Take it back" in writer


def test_a_writer_is_sent_back_from_the_page_of_the_release(cast: Cast) -> None:
    notice = changed_by_the_second(cast)
    notices.submit_notice_for_release(notice=notice, by=cast.second_officer, at=NOW)

    answer = signed_in(cast.officer).get(reverse("notices:release:release", args=[notice.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("notices:desk:detail", args=[notice.pk]), 302)]
    assert "Somebody else has to release this message: you wrote some of it." in answer.text
    assert "Written by Anne Exemple, Bart Voorbeeld, because of" in page(
        signed_in(cast.chief), "release:release", notice
    )


def test_nobody_left_is_said_before_the_offer_and_after_it(cast: Cast) -> None:
    cast.chief.mandates.update(ends_at=NOW)
    notice, officer = changed_by_the_second(cast), signed_in(cast.officer)

    before = page(officer, "write:submit", notice)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    after = page(officer, "desk:detail", notice)

    assert (NOBODY in before, NOBODY in after) == (True, True)
    assert "let one person alone write it anew" in after


def test_nothing_is_said_of_a_message_with_others_left_that_does_not_wait(cast: Cast) -> None:
    shown = page(signed_in(cast.officer), "desk:detail", drafted(cast))

    assert (NOBODY in shown, "These colleagues may release it" in shown) == (False, False)
