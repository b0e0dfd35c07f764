"""An official alert comes in: per quarter it becomes a draft, brings one up to date, or proposes to stop a message.

Nothing is ever sent from here: what leaves has been read by two officers (R125, T1).
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import translation

from plp import alerts
from plp.alerts import refusals
from plp.alerts.cap import AlertInfo, OfficialAlert, parse_alert
from plp.alerts.models import Alert, Trace
from plp.alerts.queries import (
    OPEN,
    concerned_partnerships,
    is_unedited_draft,
    partnerships_to_draft_for,
    traces_of_named_alerts,
    traces_of_same_event,
)
from plp.alerts.rules import (
    areas_line,
    current_infos_or_cancel,
    headline_description_and_instruction,
    latest_expiry,
    most_severe_by_language,
    notice_kind,
    title_core_and_more,
)
from plp.alerts.sentences import (
    KnownEvent,
    event_names_for_all_clear,
    known_event_of_most_severe_info,
    warning_composition,
)
from plp.alerts.states import TraceOutcome
from plp.charter.kinds import KINDS
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import hash_of_current_content, title_core_and_more_by_language
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused
from plp.toolbox.texts import LANGUAGES, text

TEXTS = Path(alerts.__file__).parent / "texts"
REFERENCE = 60  # characters of an identifier that a notice keeps: its end tells alerts apart


def receive_cap_alert_and_draft_notices(
    *, content: bytes, by: Person | None, at: datetime, chosen: Sequence[Partnership] = ()
) -> Alert:
    """Read a CAP file. Answers the alert; its ``traces`` say what became of it in each quarter.

    ``by`` nobody is the machine (a feed, the operator), for every partnership; an officer for those of their area.
    ``chosen`` partnerships are taken instead of those that the area of the alert meets. Raises a refusal that says
    why nothing was done. While the file is read the database is held by nobody.
    """
    official = parse_alert(content)
    _refuse_unusable_alert(official)
    official = _current_infos_or_raise_if_ended(official, at)
    return _store_alert_and_draft_or_stop_notices(official, content, chosen, by=by, at=at)


@transaction.atomic
def _store_alert_and_draft_or_stop_notices(
    official: OfficialAlert, content: bytes, chosen: Sequence[Partnership], *, by: Person | None, at: datetime
) -> Alert:
    partnerships = list(partnerships_to_draft_for(by, at=at))
    if by is not None and not partnerships:
        raise NotAllowed
    alert = _get_or_create_locked_alert(official, content, by, at)
    done = set(alert.traces.values_list("notice__partnership", flat=True))
    earlier = _traces_of_superseded_alerts(official, chosen, partnerships)
    targets = _infos_by_partnership_to_draft(
        official,
        [partnership for partnership in partnerships if partnership in chosen] if chosen else None,
        partnerships,
    )
    if not targets and not earlier and not done:
        raise refusals.NothingToCancel if official.kind == "Cancel" else refusals.NowhereHere
    new = {partnership: infos for partnership, infos in targets.items() if partnership.pk not in done}
    stays = {partnership.pk for partnership in targets} | done
    gone = [trace for key, traces in earlier.items() if key not in stays for trace in traces]
    if not new and not gone:
        raise refusals.AlreadyRead
    _draft_in_each_or_raise_last_refusal(alert, official, new, earlier, by, at)
    for trace in gone:
        _drop_or_propose_stop(alert, trace, by, at)
    return alert


def _traces_of_superseded_alerts(
    official: OfficialAlert, chosen: Sequence[Partnership], partnerships: list[Partnership]
) -> dict[UUID, list[Trace]]:
    """What it follows: the alerts it names; when it ends one without naming it, that of the same event and area."""
    if official.references or official.kind != "Cancel":
        return traces_of_named_alerts(official, partnerships)
    concerned = [partnership for partnership in partnerships if partnership in chosen] or [
        *concerned_partnerships(official, partnerships)
    ]
    traces = traces_of_same_event(official, event_names_for_all_clear(official.infos), concerned)
    if not traces and official.infos:
        raise refusals.Ended
    return traces


def _refuse_unusable_alert(official: OfficialAlert) -> None:
    """Whether an alert is one that members may hear of. Raises the first reason why not."""
    if official.status != "Actual":
        raise refusals.NotActual(status=official.status)
    if official.scope != "Public":
        raise refusals.NotPublic
    if official.kind not in Alert.Kind.values:
        raise refusals.NotAnAlert(kind=official.kind)
    if official.kind == "Cancel":
        return
    if not official.infos:
        raise refusals.NothingSaid
    if not most_severe_by_language(official.infos):
        raise refusals.NoLanguage


def _current_infos_or_raise_if_ended(official: OfficialAlert, at: datetime) -> OfficialAlert:
    """What still holds of an alert. Raises ``Ended`` or ``NotExpected`` when nothing does and it ends nothing."""
    alert = current_infos_or_cancel(official, at)
    if alert.kind != "Cancel" and not alert.infos:
        end = latest_expiry(official.infos)
        raise refusals.Ended if end is not None and end <= at else refusals.NotExpected
    return alert


def _get_or_create_locked_alert(official: OfficialAlert, content: bytes, by: Person | None, at: datetime) -> Alert:
    """The row of this alert, locked: two readers of one file take turns."""
    alert, _created = Alert.objects.get_or_create(
        sender=official.sender,
        identifier=official.identifier,
        sent_at=official.sent,
        defaults={
            "kind": official.kind,
            "expires_at": latest_expiry(official.infos),
            "events": event_names_for_all_clear(official.infos),
            "content_hash": sha256(content).hexdigest(),
            "received_at": at,
            "received_by": by,
        },
    )
    return Alert.objects.select_for_update().get(pk=alert.pk)


def _infos_by_partnership_to_draft(
    official: OfficialAlert, chosen: list[Partnership] | None, partnerships: list[Partnership]
) -> dict[Partnership, list[AlertInfo]]:
    """Where a draft is due, with what concerns each quarter. Nowhere for a cancel."""
    if official.kind == "Cancel":
        return {}
    if chosen is not None:
        return {partnership: list(official.infos) for partnership in chosen}
    partnerships_concerned = concerned_partnerships(official, partnerships)
    return {
        partnership: infos for partnership, infos in partnerships_concerned.items() if most_severe_by_language(infos)
    }


def _draft_in_each_or_raise_last_refusal(
    alert: Alert,
    official: OfficialAlert,
    targets: dict[Partnership, list[AlertInfo]],
    earlier: dict[UUID, list[Trace]],
    by: Person | None,
    at: datetime,
) -> None:
    """A draft in each quarter whose plan allows it. Raises the last refusal when no quarter does."""
    refused: Refused | None = None
    drafted = 0
    for partnership, infos in targets.items():
        try:
            with transaction.atomic():
                _create_correct_or_renew_draft(
                    alert, official, partnership, infos, earlier.get(partnership.pk, []), by, at
                )
        except Refused as refusal:  # no plan in force there, or one that gives this officer no pen
            refused = refusal
        else:
            drafted += 1
    if refused is not None and not drafted:
        raise refused


def _create_correct_or_renew_draft(
    alert: Alert,
    official: OfficialAlert,
    partnership: Partnership,
    infos: list[AlertInfo],
    earlier: list[Trace],
    by: Person | None,
    at: datetime,
) -> None:
    """Write the words into a new draft, into a correction of what was relayed, or over the machine's own draft."""
    kind, before = notice_kind(infos), earlier[-1] if earlier else None
    if before is not None and is_unedited_draft(before) and before.notice.kind == kind:
        notice, outcome = before.notice, TraceOutcome.RENEWED
    else:
        sent = before.notice if before is not None and before.notice.relayed_at else None
        reason = "information" if KINDS[kind].needs_reference else "threat"
        notice = notices.create_notice_draft(
            partnership=partnership, kind=kind, reason=reason, corrects=sent, by=by, at=at
        )
        outcome = TraceOutcome.CORRECTED if sent else TraceOutcome.DRAFTED
        if before is not None and sent is None:
            _drop_or_propose_stop(alert, before, by, at)
    _fill_draft_texts_end_and_reference(notice, official, infos, by, at)
    _record_trace(alert, notice, outcome, by, at)


def _fill_draft_texts_end_and_reference(
    notice: Notice, official: OfficialAlert, infos: list[AlertInfo], by: Person | None, at: datetime
) -> None:
    """The words in each of our languages, the end and the reference. The secrecy is for a human to confirm (R76)."""
    kind = KINDS[notice.kind]
    notices.set_details_of_draft(
        notice=notice,
        reason=notice.reason,
        expires_at=latest_expiry(infos),
        official_reference=official.identifier[-REFERENCE:] if kind.needs_reference else "",
        keeps_secrecy=False,
        prosecutor_consulted_on=None,
        by=by,
        at=at,
    )
    chosen, event = most_severe_by_language(infos), known_event_of_most_severe_info(infos)
    if event is not None and not kind.needs_reference:
        _compose_draft_from_catalogue(notice, official, infos, event, by, at)
        return
    for language in LANGUAGES:
        words = ("", "", "")
        if language in chosen:
            lines = _area_likelihood_and_source_lines(official, chosen[language], areas_line(infos, language), language)
            words = title_core_and_more(chosen[language], limit=kind.short_limit, source_lines=lines)
        title, core, more = words
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title=title, core=core, more=more, by=by, at=at
        )


def _compose_draft_from_catalogue(
    notice: Notice, official: OfficialAlert, infos: list[AlertInfo], event: KnownEvent, by: Person | None, at: datetime
) -> None:
    """Sentences of the catalogue in all languages, with the sender's words beside them in those the sender wrote."""
    chosen = most_severe_by_language(infos)
    first = next(iter(chosen.values()))
    closing = {
        language: _area_likelihood_and_source_lines(
            official, chosen.get(language, first), areas_line(infos, chosen.get(language, first).language), language
        )
        for language in LANGUAGES
    }
    originals = {language: headline_description_and_instruction(info) for language, info in chosen.items()}
    composition = warning_composition(event, originals, closing, ends_at=latest_expiry(infos))
    notices.rewrite_draft_from_composition(notice=notice, composition=composition, by=by, at=at)


def _area_likelihood_and_source_lines(official: OfficialAlert, info: AlertInfo, areas: str, language: str) -> str:
    """Where, whether it is only possible, and who says so: a line each."""
    where = text(TEXTS, "areas", language, areas=areas) if areas else ""
    possible = text(TEXTS, "possible", language) if info.certainty == "Possible" else ""
    return "\n".join(line for line in (where, possible, _source_line(official, info, language)) if line)


def _source_line(official: OfficialAlert, info: AlertInfo, language: str) -> str:
    """Who says so, when, and under which reference. A mail address would be held by the message check."""
    with translation.override(language):
        sent = date_format(local(official.sent), "DATETIME_FORMAT")
    named = next((block.sender_name for block in (info, *official.infos) if block.sender_name), "")
    sender = named or official.sender.rpartition("@")[2]
    return text(TEXTS, "source", language, sender=sender, sent=sent, reference=official.identifier)


def _drop_or_propose_stop(alert: Alert, trace: Trace, by: Person | None, at: datetime) -> None:
    """The alert behind a notice is over here: the machine's own draft is dropped, anything else is for a human."""
    notice = trace.notice
    if is_unedited_draft(trace) and (by is not None or notice.author_id is None):
        notices.drop_draft_and_free_infoflash_items(notice=notice, by=by, at=at)
        _record_trace(alert, notice, TraceOutcome.DROPPED, by, at)
    else:
        _record_trace(alert, notice, TraceOutcome.TO_STOP, by, at)
    first = notice.corrects
    if first is not None and first.state in OPEN and not alert.traces.filter(notice=first).exists():
        _record_trace(alert, first, TraceOutcome.TO_STOP, by, at)


def _record_trace(alert: Alert, notice: Notice, outcome: TraceOutcome, by: Person | None, at: datetime) -> None:
    """Keep and note what the alert did to a notice."""
    words = (
        title_core_and_more_by_language(notice) if outcome not in {TraceOutcome.DROPPED, TraceOutcome.TO_STOP} else None
    )
    text_hash = hash_of_current_content(notice, words) if words else ""
    Trace.objects.create(alert=alert, notice=notice, outcome=outcome, text_hash=text_hash)
    area = notice.partnership.area.path
    note(verb=f"alert.{outcome}", by=by, at=at, area=area, target=notice, alert=str(alert.pk))
