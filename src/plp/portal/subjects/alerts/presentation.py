"""What the pages and files of official alerts show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.alerts.cap import AlertArea, AlertInfo, AlertReference, FeedEntry, OfficialAlert
from plp.alerts.models import Trace
from plp.alerts.queries import PublicAlert
from plp.charter.kinds import KINDS
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.partnership.short_names import name_with_short_word
from plp.places.models import Area
from plp.toolbox.clock import local


@dataclass(frozen=True)
class TraceRow:
    """One line: what an alert did to a message, and where that stands now."""

    trace: Trace
    title: str
    kind: Any
    quarter: str
    outcome: Any
    colour: str
    waits: bool


def trace_rows(traces: Iterable[Trace], language: str) -> list[TraceRow]:
    """Several lines; needs the texts of the notices prefetched."""
    return [_trace_row(trace, language) for trace in traces]


def _trace_row(trace: Trace, language: str) -> TraceRow:
    notice = trace.notice
    titles = {text.language: text.title for text in notice.texts.all()}
    order = [language, *notice.partnership.languages, *titles]
    waits = trace.outcome == "to_stop" and trace.settled_at is None
    return TraceRow(
        trace,
        next((titles[one] for one in order if titles.get(one)), str(_("(no title yet)"))),
        KINDS[notice.kind].label,
        notice.partnership.name(language),
        _("decided") if trace.settled_at else trace.get_outcome_display(),
        "warn" if waits else "plain",
        waits,
    )


def cap_sender() -> str:
    """Who speaks in our own alerts: unique, and no secret."""
    return f"plp@{settings.ORIGIN.partition('://')[2].partition(':')[0]}"


def cap_identifier(notice: Notice, *, cancels: bool = False) -> str:
    """The name of one alert among all of ours; a cancel is an alert of its own."""
    return f"plp.{notice.pk.hex}{'.cancel' if cancels else ''}"


def build_official_alert(alert: PublicAlert) -> OfficialAlert:
    """A published calamity as it stands now: an alert, an update of the one it corrects, or a cancel."""
    notice, published = alert.notice, alert.publication
    first = notice.corrects if notice.corrects_id and hasattr(notice.corrects, "publication") else None
    kind, references = "Alert", []
    if first is not None:
        kind = "Update"
        references = [AlertReference(cap_sender(), cap_identifier(first), local(first.publication.at))]
    if alert.is_cancelled:
        kind = "Cancel"
        references = [AlertReference(cap_sender(), cap_identifier(notice), local(published.at))]
    return OfficialAlert(
        version="1.2",
        sender=cap_sender(),
        identifier=cap_identifier(notice, cancels=alert.is_cancelled),
        sent=local(alert.updated_at),
        status="Actual",
        kind=kind,
        scope="Public",
        references=tuple(references),
        infos=() if alert.is_cancelled else tuple(_alert_infos(alert)),
    )


def _alert_infos(alert: PublicAlert) -> Iterable[AlertInfo]:
    """A block per language, with the words that members read."""
    told, partnership = alert.publication, alert.notice.partnership
    for language, (title, core, more) in sorted(alert.words.items()):
        yield AlertInfo(
            language=language,
            categories=(told.category,),
            event=title,
            urgency=told.urgency,
            severity=told.severity,
            certainty=told.certainty,
            expires=local(alert.expires_at) if alert.expires_at else None,
            sender_name=name_with_short_word(partnership, language),
            headline=title,
            description="\n\n".join(part for part in (core, more) if part),
            web=settings.ORIGIN + reverse("partnership:partnership", args=[partnership.key]),
            places=(_quarter_as_alert_area(partnership, language),),
        )


def _quarter_as_alert_area(partnership: Partnership, language: str) -> AlertArea:
    """The quarter: its name, its shape as on its public page, and the code of its municipality."""
    area = partnership.area
    shape = area.boundary or area.outline
    rings = []
    if shape:
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = [tuple((point[0], point[1]) for point in part[0]) for part in parts]
    last = area.parent_path.rstrip("/").rpartition("/")[2]
    codes = (("NIS", last[1:]),) if last.startswith("m") and last[1:].isdecimal() else ()
    return AlertArea(partnership.name(language), polygons=tuple(rings), codes=codes)


def feed_entry(alert: PublicAlert, language: str) -> FeedEntry:
    """A line of a feed, in the language of the partnership."""
    order = [language, *alert.notice.partnership.languages, *alert.words]
    title = next(alert.words[code][0] for code in order if code in alert.words)
    link = settings.ORIGIN + reverse("alerts:single", args=[alert.notice.pk])
    return FeedEntry(f"urn:uuid:{alert.notice.pk}", title, local(alert.updated_at), link)


def feed_title(area: Area, language: str) -> str:
    """The title of a feed."""
    return name_with_short_word(area, language)
