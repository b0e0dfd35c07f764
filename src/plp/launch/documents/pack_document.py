"""What the pack knows of one document."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import override

from plp.documents.sizes import PAPERS, USUAL, file_form_label
from plp.toolbox.texts import LANGUAGES, OFFICIAL_LANGUAGES

PACK = Path(__file__).parents[1] / "pack"


@dataclass(frozen=True)
class PackDocument:
    """One document of the pack: a text a language in ``pack/<step>/<key>.<lang>.md``.

    ``label`` is its title in lists and of the file. ``papers``: what it can be printed on, the usual
    one first (keys of ``documents.sizes.PAPERS``). ``names``: which places of ``place_names.PERSONAL_PLACES`` it may
    use.
    """

    key: str
    step: str
    label: Any
    papers: tuple[str, ...] = ("a4",)
    names: frozenset[str] = frozenset()
    invites: bool = False  # to the evening: once that is over there is only what was sent, as it was
    announces: bool = False  # says that a partnership is being prepared: until its launch
    saves_page: bool = False  # often a few lines too long: set somewhat smaller where that spares its last page
    is_hung: bool = False  # seen by whoever passes: there in each language of the area
    is_for_authorities: bool = False  # read in services: in the language of the region, whatever that of the pack
    outlasts_end: bool = False  # of use once a partnership has ended or merged
    is_published: bool = False  # hung or handed out to anybody: it names who answers for it

    @property
    def is_slides(self) -> bool:
        """Whether it is shown on a wall."""
        return "slides" in self.papers

    @property
    def is_drawn(self) -> bool:
        """Whether it has a shape of its own that no Word file holds: it is changed by its text (docs/adr/0047)."""
        return bool(PAPERS[self.papers[0]].design)

    @property
    def fills_page(self) -> bool:
        """Whether it is handed out, to be read or filled in by anybody: as large as its page allows."""
        return "a5" in self.papers

    @property
    def word_file_paper(self) -> str:
        """What its Word file is set on: A4 where it can be, for that is what lies in the printer of an office."""
        return USUAL if USUAL in self.papers else self.papers[0]

    @property
    def goes_to_doors(self) -> bool:
        """Whether it is also a letter to each door, in every language of a meeting."""
        return "invitation-a4" in self.papers

    @property
    def joins_languages(self) -> bool:
        """Whether it bears each language of the area on one paper: a sign by the road."""
        return "sign" in self.papers

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which there is a text of ours: the official ones, and English where people are spoken to."""
        return LANGUAGES if self.is_slides or self.goes_to_doors else OFFICIAL_LANGUAGES

    def title(self, language: str) -> str:
        """The title in ``language``."""
        with override(language):
            return str(self.label)

    def path(self, language: str) -> Path:
        """Our text in ``language``."""
        return PACK / self.step / f"{self.key}.{language}.md"

    @property
    def forms(self) -> tuple[str, ...]:
        """The files that can be made of it, by the end of their names."""
        if self.is_slides:
            return ("pdf", "handout.pdf", "pptx")
        files = tuple(f"{paper}.{PAPERS[paper].file_ending}" for paper in self.papers)
        return files if self.is_drawn else (*files, "docx")

    @property
    def labelled_forms(self) -> list[tuple[str, str]]:
        """The same, each with what it is called on a page."""
        return [(form, file_form_label(form)) for form in self.forms]
