"""The subjects of the portal, found by walking ``portal/subjects``: each folder with ``urls.py``, also inside another.

Nothing is listed elsewhere: its addresses, templates, static files and offers are found with it.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path

PACKAGE = "plp.portal.subjects"
FOLDER = Path(__file__).resolve().parents[1] / "subjects"


@cache
def subject_folders() -> tuple[Path, ...]:
    """The folder of each subject, in the order of their names."""
    return tuple(sorted(urls.parent for urls in FOLDER.rglob("urls.py")))


def folders_named(name: str) -> list[Path]:
    """The folders of that name (``templates``, ``static``) that subjects have."""
    return sorted(folder for folder in FOLDER.rglob(name) if folder.is_dir())


def url_patterns() -> list[URLResolver]:
    """The addresses of all subjects; a page is called by the way to its subject: ``notices:write:edit``."""
    return _patterns_below(FOLDER)


def offer_modules() -> list[ModuleType]:
    """The ``offers.py`` of each subject that has one."""
    offering = (
        folder
        for folder in subject_folders()
        if _has_file(folder, "offers.py") and _is_installed(_urls_module_of(folder))
    )
    return [import_module(f"{_package_of_folder(folder)}.offers") for folder in offering]


def _patterns_below(folder: Path) -> list[URLResolver]:
    children = sorted(child for child in folder.iterdir() if child.is_dir() and any(child.rglob("urls.py")))
    return [path("", _urls_below_folder(child)) for child in children]


def _urls_below_folder(folder: Path) -> tuple[Sequence[URLResolver | URLPattern], str | None, str | None]:
    """What Django includes of one folder: its own pages, and those of the subjects inside it."""
    patterns, namespace = _patterns_below(folder), folder.name
    if _has_file(folder, "urls.py"):
        urls = _urls_module_of(folder)
        if not _is_installed(urls):
            return include([])
        patterns, namespace = [path(urls.PREFIX, include(urls.urlpatterns)), *patterns], urls.app_name
    return include((patterns, namespace)) if namespace else include(patterns)


def _urls_module_of(folder: Path) -> ModuleType:
    return import_module(f"{_package_of_folder(folder)}.urls")


def _is_installed(urls: ModuleType) -> bool:
    """A subject may be left out of an installation: the demonstration."""
    return getattr(urls, "IS_OFFERED", True)


def _has_file(folder: Path, name: str) -> bool:
    return (folder / name).is_file()


def _package_of_folder(folder: Path) -> str:
    return ".".join([PACKAGE, *folder.relative_to(FOLDER).parts])
