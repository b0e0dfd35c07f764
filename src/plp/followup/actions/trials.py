"""The test message: words that say it is a test, on the whole way of a message (R131)."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from plp.delivery.letters import subject_and_body
from plp.followup.models import Trial
from plp.followup.queries.trials import unrelayed_trial
from plp.followup.refusals import TrialUnderWay
from plp.journal.actions import note
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.texts import LANGUAGES, text

TEXTS = Path(__file__).parent.parent / "texts"


@transaction.atomic
def submit_trial(*, partnership: Partnership, by: Person, at: datetime) -> Trial:
    """Write a test message in all languages and offer it for release; then it goes as any advice does, by the plan.

    Raises ``TrialUnderWay`` while an earlier one is not relayed, and what ``notices.create_notice_draft`` and
    ``submit_notice_for_release`` raise.
    """
    if unrelayed_trial(partnership) is not None:
        raise TrialUnderWay
    notice = notices.create_notice_draft(
        partnership=partnership, kind="advice", reason=Notice.Reason.PREVENTION, by=by, at=at
    )
    notices.set_details_of_draft(
        notice=notice,
        reason=notice.reason,
        expires_at=None,
        official_reference="",
        keeps_secrecy=True,
        prosecutor_consulted_on=None,
        reaches_newcomers=False,
        by=by,
        at=at,
    )
    for language in LANGUAGES:
        title, core = subject_and_body(text(TEXTS, "test_message", language))
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title=title, core=core, more="", by=by, at=at
        )
    notices.submit_notice_for_release(notice=notice, by=by, at=at)
    trial = Trial.objects.create(notice=notice, at=at)
    note(verb="trial.prepared", by=by, at=at, area=partnership.area.path, target=notice)
    return trial
