"""Nothing is taken in that the disk could not hold: refused with a clear page before it is accepted (trust F6)."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plp.portal.shell import errors

READING = {"GET", "HEAD", "OPTIONS"}


def places() -> set[Path]:
    """Where we write: the database of a small installation, files that were attached, what is being uploaded."""
    files = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return {settings.HOME, files if files.exists() else settings.HOME, Path(tempfile.gettempdir())}


def has_room() -> bool:
    """Whether each place keeps ``PLP_DISK_RESERVE_MB`` free, so that what was accepted can be finished."""
    least = settings.DISK_RESERVE
    return all(shutil.disk_usage(place).free >= least for place in places())


class RoomMiddleware:
    """Whatever would write waits until there is room again; pages can be read meanwhile, and workers go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the disk before a form is read."""
        if request.method not in READING and not has_room():
            return errors.no_room(request)
        return self.get_response(request)
