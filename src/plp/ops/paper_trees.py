"""Call tree and rounds of each partnership as sealed files, renewed week by week: for a day without network (R118).

A file is encrypted as backups are, to a key whose secret part lies on paper or a stick with the police.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from plp.journal.actions import note
from plp.membership.paper_trees import call_tree_pdf
from plp.ops.backup import encryption
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.toolbox import clock
from plp.toolbox.texts import OFFICIAL_LANGUAGES

EVERY = 300.0  # seconds: one partnership at a turn, for whoever sets its pages delivers nothing meanwhile
WEEK = timedelta(days=7)
ENDING = ".pdf.age"


def languages_and_files_of_call_trees(partnership: Partnership, folder: Path) -> list[tuple[str, Path]]:
    """Each language in which the pages of a partnership are printed, and the file of it."""
    languages = [language for language in partnership.languages if language in OFFICIAL_LANGUAGES]
    return [(language, folder / f"{partnership.key}.{language}{ENDING}") for language in languages]


def write_encrypted_call_trees(partnership: Partnership, folder: Path, *, public_key: Any, at: datetime) -> list[Path]:
    """Write the sealed files of one partnership; their paths. A file is whole or was not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = languages_and_files_of_call_trees(partnership, folder)
    for language, file in files:
        new = file.with_name(f".{file.name}")
        with new.open("wb") as target, encryption.encrypting_stream(target, public_key) as sealed:
            sealed.write(call_tree_pdf(partnership, language, at=at))
        new.chmod(0o600)
        new.replace(file)
    note(verb="paper_tree.written", by=None, at=at, area=partnership.area.path, target=partnership, files=len(files))
    return [file for _language, file in files]


def decrypt_call_tree_to_pdf(file: Path, *, secret_key: Any) -> Path:
    """Open a sealed file with the secret key: the PDF beside it. Raises ``Failed`` for another key or a cut file."""
    opened = file.with_name(file.name.removesuffix(".age"))
    with file.open("rb") as source, encryption.decrypting_stream(source, secret_key) as clear:
        content = clear.read()
    opened.touch(mode=0o600)
    opened.write_bytes(content)
    return opened


def renew_next_stale_and_delete_ended_call_trees() -> bool:
    """Write anew the files of one partnership that are older than a week, or missing; whether there was one.

    Files of partnerships that have ended are deleted first.
    """
    folder, at = Path(settings.PAPER_FOLDER), clock.now()
    partnerships = list(partnerships_not_ended())
    _delete_other_sealed_files(
        folder,
        (
            file
            for partnership in partnerships
            for _language, file in languages_and_files_of_call_trees(partnership, folder)
        ),
    )
    for partnership in partnerships:
        if any(_is_stale(file, at) for _language, file in languages_and_files_of_call_trees(partnership, folder)):
            public_key = encryption.parse_public_key(settings.PAPER_RECIPIENT)
            write_encrypted_call_trees(partnership, folder, public_key=public_key, at=at)
            return True
    return False


def _is_stale(file: Path, at: datetime) -> bool:
    return not file.exists() or at.timestamp() - file.stat().st_mtime > WEEK.total_seconds()


def _delete_other_sealed_files(folder: Path, wanted: Iterable[Path]) -> None:
    keep = set(wanted)
    for file in folder.glob(f"*{ENDING}"):
        if file not in keep:
            file.unlink(missing_ok=True)
