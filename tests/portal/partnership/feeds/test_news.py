"""The news of a partnership: how it begins, and what is over."""

import pytest
from django.utils import translation

from plp.notices import actions as notices
from plp.portal.subjects.partnership.feeds.news import public_news_items
from tests.alerts.test_publishing import published
from tests.factories.cast import Cast
from tests.portal.signing import AT

pytestmark = pytest.mark.django_db


def titles(cast: Cast) -> list[str]:
    """What is told in English about ``here``."""
    with translation.override("en"):
        return [item.title for item in public_news_items(cast.here.partnership, "fr", at=AT)]


def test_what_is_not_launched_is_being_set_up(cast: Cast) -> None:
    cast.here.partnership.launched_at = None

    assert titles(cast) == ["The partnership Haren is being set up"]


def test_a_warning_that_was_taken_back_is_over(cast: Cast) -> None:
    notice = published(cast)
    before = titles(cast)
    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=AT)

    assert "Fumée & odeur" in before
    assert "Over: Fumée & odeur" in titles(cast)
