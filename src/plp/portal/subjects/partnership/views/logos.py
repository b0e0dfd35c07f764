"""The logos of the authorities of a partnership, for everybody: as small as a page shows them."""

from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from plp.launch.models import PaperLook
from plp.launch.queries.paper_looks import authorities_of_quarter, paper_look_with_logo_or_none
from plp.partnership.queries import public_partnerships
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.sightings.pictures import reencode_picture_as_jpeg

LONGEST_SIDE = 240  # pixels: three times what a page gives it
KEPT = 86_400  # seconds that a logo of a page is kept before it is made small again
HOUR = "public, max-age=3600"


@public
@require_safe
def logo_file(request: PortalRequest, key: str, area: UUID) -> HttpResponse:
    """The logo of one authority of the partnership ``key``; readers may keep it for an hour."""
    partnership = get_object_or_404(public_partnerships(), key=key)
    authorities = authorities_of_quarter(partnership.area, request.LANGUAGE_CODE)
    shown = next((one for one in authorities if one.area.pk == area), None)
    look = paper_look_with_logo_or_none(shown.area) if shown else None
    if look is None:
        raise Http404
    answer = download(_small_logo(look), name="logo.jpg", content_type="image/jpeg", inline=True)
    answer.headers["Cache-Control"] = HOUR
    return answer


def _small_logo(look: PaperLook) -> bytes:
    """The logo of papers as a page shows it, made once a day."""
    name = f"small_logo.{look.area_id}.{look.at.timestamp()}"
    small: bytes | None = cache.get(name)
    if small is None:
        small = reencode_picture_as_jpeg(bytes(look.logo or b""), longest=LONGEST_SIDE)
        cache.set(name, small, KEPT)
    return small
