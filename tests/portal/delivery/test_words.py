"""What waits is told in words, never by our own names for it."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from plp.delivery import actions
from plp.delivery.health import messages_with_waiting_copies
from plp.delivery.models import Message
from plp.places.models import Area
from plp.portal.subjects.delivery import presentation
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people

SENT = re.compile(r'(?:purpose=|LetterTemplate\(\s*[\w.]+,\s*[^,]+,\s*)f?"([a-z]+)\.[a-z_{]')
SOURCE = Path(presentation.__file__).resolve().parents[3]


def test_every_room_that_sends_has_its_words() -> None:
    rooms = {room for file in SOURCE.rglob("*.py") for room in SENT.findall(file.read_text(encoding="utf-8"))}

    assert {"notice", "people", "evening", "followup"} <= rooms
    assert rooms <= set(presentation.ABOUT)


def test_a_message_of_the_police_is_told_by_its_kind() -> None:
    with translation.override("en"):
        told = [
            str(presentation.purpose_label(purpose))
            for purpose in ("notice.alarm", "notice.withdrawal", "evening.cancelled")
        ]

    assert told == ["Alarm", "a message from the police", "a meeting"]


@pytest.mark.django_db
def test_a_quarter_is_told_by_its_name_and_a_means_by_its_own() -> None:
    area = Area.objects.create(kind="quarter", path="be/q-haren/", name_fr="Haren-Nord", name_nl="Haren-Noord")
    people(2)
    made = message(at=clock.now())
    Message.objects.filter(pk=made.pk).update(area=area.path)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now())

    with translation.override("en"):
        [line] = presentation.message_lines(messages_with_waiting_copies(1), "fr")
        told = (line.where, str(line.about))
        means = [
            (str(name), number) for name, number in presentation.waiting_by_channel({"email": {"queued": 2, "held": 1}})
        ]

    assert told == ("Haren-Nord", "Preventive advice")
    assert means == [("E-mail", 3)]
