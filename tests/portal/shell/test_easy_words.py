"""Pages of members say what they are for in easy words, in each language, and lead to a film where there is one."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from plp.partnership.models import Partnership
from plp.portal.shell.easy_words import EASY_WORDS
from plp.toolbox.texts import LANGUAGES
from tests.factories.cast import NOW, Cast
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
MOST_WORDS = 12  # in a sentence
ARGUMENTS = {
    "partnership:partnership": ["haren"],
    "partnership:join": ["haren"],
    "partnership:stop": ["00", "00"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_short(language: str) -> None:
    with override(language):
        lines = [line for words in EASY_WORDS.values() for line in str(words).split("\n")]

    assert len(lines) >= 3 * len(EASY_WORDS)
    assert [
        line for line in lines for sentence in re.split(r"[.?!] ", line) if len(sentence.split()) > MOST_WORDS
    ] == []


def test_a_member_reads_them_and_finds_the_film(client: Client, settings: Any) -> None:
    settings.FILMS = {"nl": "https://films.example.be/vgt"}
    client.cookies["language"] = "nl"

    page = client.get(reverse("membership:self_service:ask")).content.decode()

    assert "In eenvoudige woorden" in page
    assert 'href="https://films.example.be/vgt"' in page


def test_staff_and_other_pages_have_none(client: Client) -> None:
    client.cookies["language"] = "en"

    assert "In easy words" not in signed_in(Cast().here.coordinator).get("/").content.decode()
    assert "In easy words" not in client.get(reverse("partnership:privacy")).content.decode()


@pytest.mark.parametrize("name", ["partnership:partnership", "partnership:join"])
def test_what_has_ended_invites_nobody_to_join(client: Client, name: str) -> None:
    partnership, url = Cast().here.partnership, reverse(name, args=ARGUMENTS[name])
    client.cookies["language"] = "en"
    before = client.get(url).content.decode()
    Partnership.objects.filter(pk=partnership.pk).update(state="ended", launched_at=NOW)

    after = client.get(url).content.decode()

    assert ["In easy words" in page for page in (before, after)] == [True, False]
    assert "This partnership has ended." in after


def test_each_of_these_pages_is_there() -> None:
    assert len({reverse(name, args=ARGUMENTS.get(name, [])) for name in EASY_WORDS}) == len(EASY_WORDS)
