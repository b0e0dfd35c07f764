"""A stage for sightings and questions: the cast, what somebody saw, a picture with a secret, a member who asks."""

import io
from datetime import date, datetime, time
from typing import Any

from PIL import Image

from plp.people.models import Person
from plp.places.models import Area
from plp.sightings.actions import questions, sightings
from plp.sightings.models import Question, Sighting
from tests.factories.cast import NOW, Cast, member

YESTERDAY = date(2026, 11, 24)
PLATE, WORDS = "1-KAN-777", "Deux hommes regardaient par les fenêtres."
REPORTER = ("Zoé Canari", "0470 98 76 54")


def municipality() -> Area:
    """Where it was."""
    return Area.objects.get(path="be/z1/m21004/")


def seen(**changes: Any) -> sightings.SightingReport:
    """What somebody tells."""
    given: dict[str, Any] = {
        "municipality": municipality(),
        "place": "Rue du Chêne, 1130",
        "kind": "behaviour",
        "day": YESTERDAY,
        "clock": time(22, 15),
        "language": "fr",
        "facts": {"behaviour": WORDS, "plate": PLATE},
    }
    return sightings.SightingReport(**{**given, **changes})


def sighting(at: datetime = NOW, **changes: Any) -> Sighting:
    """A report on the desk."""
    return sightings.file_and_assign_sighting(report=seen(**changes), by=None, at=at)


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture that tells where it was taken, and more."""
    exif = Image.Exif()
    exif[0x010E] = "hidden words"
    exif.get_ifd(0x8825)[2] = (50.0, 53.0, 10.0)
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, exif=exif, comment=b"hidden comment")
    return out.getvalue()


def asker(cast: Cast, name: str = "Marie Membre") -> Person:
    """A member of ``here``."""
    return member(cast.here.partnership, name)


def question(cast: Cast, *, by: Person | None = None, at: datetime = NOW, **changes: Any) -> Question:
    """A question to the coordinator of ``here``, which the police have read and passed on."""
    asked = written(cast, by=by, at=at, **changes)
    if asked.for_coordinator:
        questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=at)
    return asked


def written(cast: Cast, *, by: Person | None = None, at: datetime = NOW, **changes: Any) -> Question:
    """A question to the coordinator of ``here``, as it came."""
    given: dict[str, Any] = {
        "partnership": cast.here.partnership,
        "to": "coordinator",
        "kind": "question",
        "words": "Quand est la prochaine réunion ?",
        "language": "fr",
        "asker": by,
    }
    return questions.ask_question_via_police(new_question=questions.NewQuestion(**{**given, **changes}), by=by, at=at)
