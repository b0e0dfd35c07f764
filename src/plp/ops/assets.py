"""Style sheets, scripts, pictures and fonts: named after their content, packed ahead, kept by browsers for a year.

``pack`` is done by whatever begins to serve. Where it was not done, as in most tests, a file has its plain name.
"""

import os
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNUSED = ["*-4.js", "*-4.min.js", "ext", "htmx-2.js", "*.ttf", "*.md", "*.txt"]  # of the wheels and of the PDFs
MARK = "packed"


class PackedAssets(CompressedManifestStaticFilesStorage):
    """As the library does it, and the plain name as long as nothing is packed."""

    def stored_name(self, name: str) -> str:
        """The name with the digest of its content. Raises ``ValueError`` for a file that was not packed."""
        return super().stored_name(name) if self.hashed_files else name


def pack_assets_if_changed() -> bool:
    """Pack anew if a file changed since the last time; answers whether it did. Raises ``OSError`` on a full disk.

    What was packed before stays, for pages that are still open somewhere. A pack that breaks off leaves plain names,
    and is cleared away by the next: where the power failed, its files may be torn.
    """
    folder, digest = Path(settings.STATIC_ROOT), _source_digest().encode("ascii")
    mark = folder / MARK
    if not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
    elif mark.read_bytes() == digest:
        return False
    mark.unlink(missing_ok=True)
    (folder / PackedAssets.manifest_name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    _flush_to_disk([folder])
    cast("PackedAssets", staticfiles_storage).hashed_files = {}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    _flush_to_disk([folder, *folder.rglob("*")])
    mark.write_bytes(digest)
    return True


def _flush_to_disk(paths: Iterable[Path]) -> None:
    """Have the disk hold them before anything says that they are there."""
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _source_digest() -> str:
    """Of every file and its name."""
    digest = sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(UNUSED), key=lambda pair: pair[0]):
            digest.update(f"{name}\n".encode() + Path(storage.path(name)).read_bytes())
    return digest.hexdigest()
