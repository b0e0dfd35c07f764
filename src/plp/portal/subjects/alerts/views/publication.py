"""A calamity message for everybody: an officer publishes it, machines of others read it as CAP."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plp.alerts import actions as alerts
from plp.alerts.cap.serializer import alert_as_xml, feed_as_xml
from plp.alerts.queries import current_and_recently_cancelled_alerts, publishable_notices
from plp.mandates.grants import Permission
from plp.partnership.queries import public_partnerships as partnerships
from plp.places.models import Area
from plp.places.queries.territory import zone_by_key
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs, public
from plp.portal.shell.moved_addresses import redirect_if_moved_or_410_if_ended
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.alerts.forms import PublishForm
from plp.portal.subjects.alerts.presentation import build_official_alert, feed_entry, feed_title

CAP_TYPE, ATOM_TYPE = "application/cap+xml; charset=utf-8", "application/atom+xml; charset=utf-8"
KEPT = "public, max-age=60"  # seconds that a reader may keep a feed


@needs(Permission.NOTICE_RELEASE)
def publish_calamity(request: StaffRequest, key: UUID) -> HttpResponse:
    """Open a calamity message to everybody, after saying how machines should class it."""
    notice = get_object_or_404(publishable_notices(request.person, at=request.at), pk=key)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        alerts.publish_notice(notice=notice, **form.cleaned_data, by=request.person, at=request.at)
        return success(request, _("Published. Everybody can read this alert now."), "notices:desk:detail", notice.pk)
    texts = sorted(notice.texts.all(), key=lambda text: text.language)
    return render(request, "alerts/publish.html", {"form": form, "notice": notice, "texts": texts})


@public
@require_safe
def published_alert_cap_file(request: PortalRequest, key: UUID) -> HttpResponse:
    """One published alert as a CAP file; once its message is stopped, its cancel."""
    found = current_and_recently_cancelled_alerts(at=request.at, notice_key=key)
    if not found:
        raise Http404
    answer = download(alert_as_xml(build_official_alert(found[0])), name="alert.cap", content_type=CAP_TYPE)
    answer.headers["Cache-Control"] = KEPT
    return answer


@public
@require_safe
@redirect_if_moved_or_410_if_ended
def partnership_alert_feed(request: PortalRequest, key: str) -> HttpResponse:
    """The alerts of one partnership as a feed."""
    return _feed_response(request, get_object_or_404(partnerships(), key=key).area)


@public
@require_safe
def zone_alert_feed(request: PortalRequest, key: str) -> HttpResponse:
    """The alerts of every partnership of a police zone as a feed."""
    zone = zone_by_key(key)
    if zone is None:
        raise Http404
    return _feed_response(request, zone)


def _feed_response(request: PortalRequest, area: Area) -> HttpResponse:
    language = get_language() or "fr"
    found = current_and_recently_cancelled_alerts(at=request.at, area_path=area.path)
    updated = max((one.updated_at for one in found), default=request.at)
    content = feed_as_xml(
        link=settings.ORIGIN + request.path,
        title=feed_title(area, language),
        updated=updated,
        entries=[feed_entry(one, language) for one in found],
    )
    answer = download(content, name="alerts.atom", content_type=ATOM_TYPE)
    answer.headers["Cache-Control"] = KEPT
    return answer
