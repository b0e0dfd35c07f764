"""The message in easy language: kept with the words, bound to the release, in mails and letters of who chose it."""

import pytest

from plp.delivery.engine.copy_loader import text_with_partnership_of_row
from plp.notices import actions as notices
from plp.notices.compositions import languages_notice_leaves_in, starting_composition_of_subject
from plp.notices.models import Notice
from plp.notices.queries import easy_texts_of_notice, hash_of_current_content, title_core_and_more_by_language
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import describe_notice
from tests.notices.test_notices import let_go

pytestmark = pytest.mark.django_db


def composed(cast: Cast) -> Notice:
    partnership = cast.here.partnership
    notice = notices.create_notice_draft(
        partnership=partnership, kind="alarm", reason="threat", by=cast.officer, at=NOW
    )
    composition = starting_composition_of_subject("attempted_burglary", NOW)
    notices.rewrite_draft_from_composition(notice=notice, composition=composition, by=cast.officer, at=NOW)
    describe_notice(notice, cast)
    return notice


def test_it_is_kept_with_the_words_and_the_release_is_bound_to_it() -> None:
    notice = composed(Cast())
    before = hash_of_current_content(notice, title_core_and_more_by_language(notice))
    easy = easy_texts_of_notice(notice)

    notice.texts.filter(language="fr").update(easy="Autre chose.")

    assert easy["fr"].startswith("Des voleurs ont essayé de forcer une porte dans le quartier, vers ")
    assert hash_of_current_content(Notice.objects.get(), title_core_and_more_by_language(notice)) != before


def test_words_by_hand_have_none() -> None:
    cast = Cast()
    notice = composed(cast)

    about = {"notice": notice, "language": "fr", "by": cast.officer, "at": NOW}
    notices.write_text_and_drop_composition(title="Tentative", core="Fermez à clé.", more="", **about)

    assert "fr" not in easy_texts_of_notice(notice)


def test_mails_and_letters_carry_it_and_an_sms_does_not() -> None:
    cast = Cast()
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notice = composed(cast)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    let_go(notice, cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    texts = {row.channel: text_with_partnership_of_row(row) for row in notice.relay.message.texts.filter(language="fr")}

    easy = easy_texts_of_notice(notice)["fr"].splitlines()[0]
    assert easy in texts["email"].in_easy_language_if_chosen(easy=True).body
    assert easy in texts["email"].in_easy_language_if_chosen(easy=True).piece
    assert easy not in texts["email"].in_easy_language_if_chosen(easy=False).body
    assert {channel for channel, text in texts.items() if text.easy_body} == {"email", "paper", "calls"}


def test_the_sms_is_fitted_to_the_language_of_each_reader_too() -> None:
    """Who reads German in a partnership of French and Dutch gets the message in German."""
    cast = Cast()
    notice = composed(cast)
    before = languages_notice_leaves_in(notice)
    contact(member(cast.here.partnership, "Ann Un", "de"), "sms", "0470123456")

    assert "de" not in before
    assert languages_notice_leaves_in(notice) == before | {"de"}
