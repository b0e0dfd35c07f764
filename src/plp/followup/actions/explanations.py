"""Why the partnership was not activated: the police say it without details (R129)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.followup.letters import send_explanation_letter
from plp.followup.models import Explanation
from plp.followup.refusals import NotPast
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_WORDS = 500
YEAR = timedelta(days=366)


@transaction.atomic
def explain_silence_and_notify_coordinator(
    *,
    partnership: Partnership,
    to: str,
    reason: str,
    about: date,
    words: str,
    language: str,
    by: Person,
    at: datetime,
) -> Explanation:
    """Tell the coordinator, or all members on their page, why no message came on a day. The coordinator gets an e-mail.

    Raises ``NotAllowed``, ``NotPast``, ``BadWords`` or ``HeldWords``.
    """
    require(by, Permission.REQUEST_ANSWER, partnership.area, at=at)
    require_living(partnership)
    today = local(at).date()
    if not today - YEAR <= about <= today:
        raise NotPast
    told = normalise_text(words, most=MOST_WORDS, lines=True, empty=True)
    if told:
        require_text_passes_check(told, language=language)
    given = Explanation.objects.create(
        partnership=partnership,
        to=Explanation.To(to),
        reason=Explanation.Reason(reason),
        about=about,
        language=language,
        words=told,
        by=by,
        at=at,
    )
    send_explanation_letter(given, by=by, at=at)
    note(verb="explanation.given", by=by, at=at, area=partnership.area.path, target=given, to=to, reason=reason)
    return given
