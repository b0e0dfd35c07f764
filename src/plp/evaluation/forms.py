"""The survey on paper: one form a code, to tick by hand (R141)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.delivery import pages
from plp.documents import Document, Grid, PageBreak, Value, compose, pdf
from plp.documents.dates import date_format
from plp.evaluation.models import Survey
from plp.evaluation.questionnaire import ANSWERS, SINCE, SINCE_ASKED, question_labels, survey_form_code
from plp.toolbox.ids import grouped_code

TEXTS = Path(__file__).parent / "texts"
BOX = "☐"


def survey_forms_pdf(survey: Survey, numbers: Sequence[int], language: str, *, at: datetime) -> bytes:
    """A tagged PDF of the forms with these numbers, each on pages of its own. Raises as ``documents.pdf``."""
    forms = [_survey_form_document(survey, survey_form_code(survey.pk, number), language) for number in numbers]
    blocks = [block for form in forms for block in (PageBreak(), *form.blocks)][1:]
    whole = Document(forms[0].title, language, forms[0].kind, tuple(blocks))
    return pdf(whole, at=at, footer=whole.title)


def _survey_form_document(survey: Survey, code: str, language: str) -> Document:
    partnership = survey.partnership
    with override(language):
        title = _("Survey of the members: %s") % partnership.name(language)
        rows = [[str(label), *(BOX for _answer in ANSWERS)] for label in question_labels(partnership.kind).values()]
        values: dict[str, Value] = {
            "title": title,
            "partnership": partnership.name(language),
            "code": grouped_code(code),
            "link": pages.MEMBER_SURVEY.link(),
            "last_day": date_format(survey.last_day, "DATE_FORMAT"),
            "questions": Grid([_("Question"), *map(str, ANSWERS.values())], rows),
            "since_asked": str(SINCE_ASKED),
        }
        values |= {f"since_{key}": str(label) for key, label in SINCE.items()}
    source = (TEXTS / f"member_form.{language}.md").read_text(encoding="utf-8")
    return compose(source, values, language=language, title=title, kind=partnership.kind)
