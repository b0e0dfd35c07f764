"""What is shown before a message leaves is what leaves: for whom, by which means, in which words, at which price."""

from collections import Counter

import pytest
from django.conf import settings

from plp.delivery.models import Dispatch, MessageText
from plp.delivery.texts import fill_slots
from plp.notices import actions as notices
from plp.notices.preview import copy_groups, sample_slot_values
from plp.notices.queries import title_core_and_more_by_language
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT

pytestmark = pytest.mark.django_db


def street(cast: Cast) -> None:
    """Three neighbours: two of one language and means, one who reads a language that the police did not write."""
    for number, (name, language) in enumerate((("Mia", "fr"), ("Noa", "fr"), ("Lio", "nl"))):
        contact(member(cast.here.partnership, f"{name} Voorbeeld", language), "sms", f"+3247012345{number}")
    both = member(cast.here.partnership, "Tom Voorbeeld", "nl")
    contact(both, "email", "tom@plp.test")
    contact(both, "sms", "+32470123459")


def test_what_is_shown_is_what_leaves() -> None:
    cast = Cast()
    street(cast)
    notice = released(cast)

    shown = copy_groups(notice, title_core_and_more_by_language(notice), at=AT)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)

    queued = Counter(Dispatch.objects.filter(message=notice.relay.message).values_list("channel", "language"))
    sent = {(text.channel, text.language): text for text in MessageText.objects.filter(message=notice.relay.message)}
    assert {(lot.channel, lot.language): lot.people for lot in shown} == dict(queued)
    assert [(lot.subject, lot.body) for lot in shown] == [
        (text.subject, fill_slots(text.body, sample_slot_values()))
        for text in (sent[lot.channel, lot.language] for lot in shown)
    ]


def test_each_sms_has_its_price_and_a_mail_has_none() -> None:
    cast = Cast()
    street(cast)
    notice = released(cast)

    prices = {
        lot.channel: lot.cents
        for lot in copy_groups(notice, title_core_and_more_by_language(notice), at=AT)
        if lot.language == "fr"
    }
    sms = next(
        lot
        for lot in copy_groups(notice, title_core_and_more_by_language(notice), at=AT)
        if (lot.channel, lot.language) == ("sms", "fr")
    )

    assert sms.parts > 0
    assert (prices["sms"], sms.people) == (sms.people * sms.parts * settings.SMS_CENTS, 2)
    assert {
        lot.cents
        for lot in copy_groups(notice, title_core_and_more_by_language(notice), at=AT)
        if lot.channel == "email"
    } == {0}


def test_without_words_there_is_nothing_to_show() -> None:
    notice = released(Cast())

    assert copy_groups(notice, {}, at=AT) == []


def test_a_french_title_sets_its_colon_apart() -> None:
    cast = Cast()
    contact(member(cast.here.partnership, "Mia Voorbeeld", "fr"), "email", "mia@plp.test")
    contact(member(cast.here.partnership, "Noa Voorbeeld", "nl"), "email", "noa@plp.test")
    notice = released(cast)

    shown = {lot.language: lot.subject for lot in copy_groups(notice, title_core_and_more_by_language(notice), at=AT)}

    assert shown == {"fr": "Alerte\u00a0: Vol par ruse", "nl": "Alarm: Vol par ruse"}
