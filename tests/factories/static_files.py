"""Each client of a test begins a server of its own, which looks through every static file before it answers: what the
first one found on the disk is kept for the others of its process.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

LOOKS = {name: getattr(WhiteNoiseMiddleware, name) for name in ("add_files", "add_files_from_finders")}
_KEPT: dict[tuple[object, ...], dict[str, Any]] = {}


def keep_static_files() -> None:
    """From now on, for the life of this process."""
    for name, look in LOOKS.items():
        setattr(WhiteNoiseMiddleware, name, _kept(look))


def _kept(look: Callable[..., None]) -> Callable[..., None]:
    def find(server: WhiteNoiseMiddleware, *place: Any, **more: Any) -> None:
        root = Path(settings.STATIC_ROOT)
        key = (look, place, settings.STATIC_URL, root, root.exists() and root.stat().st_mtime_ns)
        if key not in _KEPT:
            before = dict(server.files)
            look(server, *place, **more)
            _KEPT[key] = {url: file for url, file in server.files.items() if before.get(url) is not file}
        server.files.update(_KEPT[key])

    return find
