"""Nothing is taken in that the disk could not hold: refused with a clear page before it is accepted (F6)."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plp.portal.shell import errors

READING = {"GET", "HEAD", "OPTIONS"}


def paths_that_form_writes(request: HttpRequest) -> set[Path]:
    """Where this form would be written: the data folder; with a file also where uploads and attached files go."""
    if request.content_type != "multipart/form-data":
        return {settings.HOME}
    files = settings.HOME / "files"
    return {settings.HOME, files if files.exists() else settings.HOME, Path(tempfile.gettempdir())}


def has_disk_space(request: HttpRequest) -> bool:
    """Whether each of them keeps ``PLP_DISK_RESERVE_MB`` free, so that what was accepted before can be finished."""
    return all(shutil.disk_usage(place).free >= settings.DISK_RESERVE for place in paths_that_form_writes(request))


class DiskSpaceMiddleware:
    """Whatever would write waits until there is room again; pages can be read meanwhile, and workers go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the disk before a form is read."""
        if request.method not in READING and not has_disk_space(request):
            return errors.error_page(request, 507)  # F6: said before anything is taken in
        return self.get_response(request)
