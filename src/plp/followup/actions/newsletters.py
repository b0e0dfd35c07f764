"""A newsletter of five rubrics becomes a draft of the police, and goes the way of every message (R143)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from plp.followup.refusals import EmptyNewsletter
from plp.followup.rules.rubrics import MOST_ALL, NewsletterText, newsletter_body, newsletter_contents_sentence
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.words import BadWords, normalise_text

MOST_TITLE = 100


@transaction.atomic
def draft_newsletter(
    *, partnership: Partnership, issues: Mapping[str, NewsletterText], by: Person, at: datetime
) -> Notice:
    """Draft a notice of the kind "newsletter" from what is not blank, language by language.

    Raises ``NotAllowed``, ``NotInPlan``, ``NoPlan``, ``BadWords`` or ``EmptyNewsletter``.
    """
    written = {language: issue for language, issue in issues.items() if not issue.is_blank}
    if not written:
        raise EmptyNewsletter
    notice = notices.create_notice_draft(partnership=partnership, kind="newsletter", reason="prevention", by=by, at=at)
    for language, issue in written.items():
        more = newsletter_body(issue, language)
        if len(more) > MOST_ALL:
            raise BadWords(most=MOST_ALL)
        notices.write_text_and_drop_composition(
            notice=notice,
            language=language,
            title=normalise_text(issue.title, most=MOST_TITLE),
            core=newsletter_contents_sentence(issue, language),
            more=more,
            by=by,
            at=at,
        )
    return notice
