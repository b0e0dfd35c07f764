"""Are the catalogues complete? The words of the source against what each room's ``locale`` folder translates.

GNU gettext does the work: ``makemessages`` draws a template from a copy of the source, ``msgcmp`` compares it with the
committed ``.po`` (missing, empty, fuzzy), ``msgfmt`` makes the ``.mo`` anew to compare with the committed one.
"""

import gettext
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from plp.ops.house import program

TRANSLATED = ("fr", "nl", "de")  # English is the language of the source
TOLD = re.compile(r"^(.+\.pot?):(\d+): (.+)$", re.MULTILINE)  # what msgcmp says: file, line, fault
IGNORED = shutil.ignore_patterns("__pycache__", "static", "*.mo", "data")


def template_of(source: Path) -> str | None:
    """Draw ``django.pot`` into each ``locale`` folder under ``source``. Answers what went wrong, or None."""
    command = [sys.executable, "-P", "-m", "django", "makemessages", "--keep-pot", "--no-wrap"]
    languages = [part for language in TRANSLATED for part in ("-l", language)]
    ended = subprocess.run(  # noqa: S603 - our own tools
        [*command, *languages], cwd=source, env=_bare_environment(), capture_output=True, text=True, check=False
    )
    return None if ended.returncode == 0 else ended.stderr.strip()


def _bare_environment() -> dict[str, str]:
    """Without settings: ``makemessages`` then reads the folder it stands in and nothing else."""
    return {"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def places_in(folder: Path) -> list[str]:
    """The places in the source (``file:line``) whose words stand in the template of ``folder``."""
    template = folder / "django.pot"
    lines = template.read_text(encoding="utf-8").splitlines() if template.is_file() else []
    return [place for line in lines if line.startswith("#: ") for place in line[3:].split()]


def homeless_words(places: list[str]) -> list[str]:
    """One line for each room whose words have no catalogue, with the first place and how many more there are."""
    rooms: dict[str, list[str]] = {}
    for place in places:
        rooms.setdefault(place.split("/")[0], []).append(place)
    return [f"{room} has {len(own)} words but no locale folder: {own[0]} ..." for room, own in sorted(rooms.items())]


def compare(catalogue: Path, template: Path) -> list[str]:
    """What is missing, empty, fuzzy or unused in ``catalogue`` against ``template``, each with the word it is about."""
    ended = subprocess.run(  # noqa: S603 - found by its full path
        [str(program("msgcmp")), str(catalogue), str(template)],
        env=_bare_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return [f"{told[3]}: {_word_at(Path(told[1]), int(told[2]))}" for told in TOLD.finditer(ended.stderr)]


def _word_at(file: Path, number: int) -> str:
    """The original of the entry that line ``number`` belongs to."""
    lines = file.read_text(encoding="utf-8").splitlines()[:number]
    return next((line for line in reversed(lines) if line.startswith("msgid ")), "")


def is_compiled(catalogue: Path) -> bool:
    """Whether the ``.mo`` beside ``catalogue`` says what it says. Fuzzy and empty entries are in neither."""
    compiled = catalogue.with_suffix(".mo")
    if not compiled.is_file():
        return False
    with tempfile.TemporaryDirectory(prefix="plp-mo-") as folder:
        fresh = Path(folder, "django.mo")
        command = [str(program("msgfmt")), "--check-format", "-o", str(fresh), str(catalogue)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - found by its full path
        return _entries(fresh) == _entries(compiled)


def _entries(compiled: Path) -> dict[object, str]:
    with compiled.open("rb") as file:
        return {key: value for key, value in gettext.GNUTranslations(file)._catalog.items() if key}  # type: ignore[attr-defined]


def faults(package: Path) -> list[str]:
    """Every fault of every catalogue under ``package``, each with its file; empty when all is well."""
    if not program("msgcmp"):
        return ["gettext is missing: apt install gettext"]
    found = []
    with tempfile.TemporaryDirectory(prefix="plp-words-") as folder:
        copy = Path(folder, package.name)
        shutil.copytree(package, copy, ignore=IGNORED)
        homeless = copy / "locale"  # where the words of a room without a catalogue of its own end up
        homeless.mkdir()
        trouble = template_of(copy)
        if trouble:
            return [trouble]
        found += homeless_words(places_in(homeless))
        shutil.rmtree(homeless)
        for template in sorted(copy.rglob("locale/django.pot")):
            home = template.parent.relative_to(copy)
            for language in TRANSLATED:
                found += faults_of(package / home / language / "LC_MESSAGES" / "django.po", template, package)
    return found


def faults_of(catalogue: Path, template: Path, package: Path) -> list[str]:
    """The faults of one catalogue."""
    name = catalogue.relative_to(package.parent)
    if not catalogue.is_file():
        return [f"{name} does not exist"]
    found = [f"{name}: {fault}" for fault in compare(catalogue, template)]
    if not is_compiled(catalogue):
        found.append(f"{name}: the .mo is not in step: run msgfmt -o {name.with_suffix('.mo')} {name}")
    return found
