"""What every paper of a survey says, the same as its page: the questions with their boxes, to whom it goes back."""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.launch.models import Desk, Survey
from plp.partnership.models import Partnership
from plp.places.models import Area

BOX, POLICE = "☐", re.compile("poli[ctz]", re.IGNORECASE)


def last_opened_survey(partnership: Partnership) -> Survey | None:
    """The survey of a partnership that was opened last."""
    return Survey.objects.filter(partnership=partnership).order_by("-opened_at").first()


def questions_with_boxes(survey: Survey | None) -> list[str]:
    """Each question with the boxes that the page has too, in the active language.

    The questions are those that ``survey`` asks, else the usual ones.
    """
    survey = survey or Survey()
    lines = []
    for question, label in survey.question_labels(get_language() or "fr").items():
        boxes = "   ".join(f"{BOX} {answer}" for _key, answer in survey.answer_choices(question))
        lines.append(f"{label}\n{boxes}")
    return lines


def survey_return_address(survey: Survey | None, partnership: Partnership, desk: Desk | None, zone: Area | None) -> str:
    """To whom paper goes back, in the active language: as the survey says, else the ``desk`` of the zone, else the
    partnership's own contact; the police of ``zone`` where no office is named, for paper goes to no telephone.

    Empty when nothing of it is known.
    """
    if survey is not None and survey.returned_to:
        return survey.returned_to
    if desk is None and not (partnership.contact_phone or partnership.contact_email):
        return ""
    return (
        _office_prefixed_with_local_police(desk.office) if desk and desk.office else local_police_of_zone_in_words(zone)
    )


def _office_prefixed_with_local_police(office: str) -> str:
    """An address with whose it is, where it does not say so itself."""
    return office if POLICE.search(office) else _("local police, %s") % office


def local_police_of_zone_in_words(zone: Area | None) -> str:
    """The police of ``zone`` as an address on paper, in the active language."""
    return _("local police, zone %s") % zone.name() if zone else _("local police")


def zone_and_desk_of_partnership(partnership: Partnership) -> tuple[Area | None, Desk | None]:
    """The police zone of a partnership, and how the public reaches it, where it said so."""
    zone = Area.objects.containing(partnership.area.path).filter(kind=Area.Kind.ZONE).first()
    return zone, Desk.objects.filter(zone=zone).first() if zone else None


def survey_answer_url(survey: Survey) -> str:
    """Where a home answers on screen: the page asks at once what this survey asks."""
    return f"{pages.SURVEY.link()}?p={survey.partnership.key}"
