"""The sentence that a home may add to its answer: checked, and kept apart from the answer (R17, R71)."""

from plp.launch.models import Survey, SurveyRemark
from plp.membership.enquiries import HeldWords
from plp.toolbox.words import normalise_text
from plp.wording.check import check

MOST_REMARK = 300


def checked_remark(words: str, *, language: str) -> str:
    """The sentence in its one form, empty if there is none.

    Raises ``BadWords``, or ``HeldWords`` where it names or describes somebody (R71-R74).
    """
    remark = normalise_text(words, most=MOST_REMARK, empty=True)
    findings = check(remark, language=language, kind="coordinator_note").findings if remark else ()
    for finding in findings:
        if finding.severity == "hold":
            raise HeldWords(words=finding.excerpt)
    return remark


def add_remark(survey: Survey, remark: str) -> None:
    """Keep a checked sentence, if there is one and the survey asks for it. Nothing says who wrote it, nor when."""
    if remark and survey.asks_remark:
        SurveyRemark.objects.create(survey=survey, words=remark)


def take_back_remark(survey: Survey, remark: str) -> None:
    """Delete one sentence with these words: that of a paper form that was typed wrongly."""
    same = next((row for row in survey.remarks.all() if row.words == remark), None) if remark else None
    if same is not None:
        same.delete()
