"""Which wording of a document holds, and the versions that were before (R9)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from plp.launch.documents.pack_document import PackDocument
from plp.launch.models import PackText
from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.places.queries.territory import zone_path

SHIPPED, ZONE, OWN = "ours", "zone", "own"


@dataclass(frozen=True)
class Wording:
    """The text that holds: its source and whose it is ("ours", "zone" or "own")."""

    source: str
    whose: str


@dataclass(frozen=True)
class Wordings:
    """Every text that a zone or a partnership words itself, by (document, language)."""

    zone: dict[tuple[str, str], PackText]
    own: dict[tuple[str, str], PackText]

    def own_else_zone_else_standard_wording(self, entry: PackDocument, language: str) -> Wording:
        """The wording of ``entry`` that holds: the partnership's, else the zone's, else ours."""
        for whose, texts in ((OWN, self.own), (ZONE, self.zone)):
            text = texts.get((entry.key, language))
            if text is not None and text.source:
                return Wording(text.source, whose)
        return Wording(standard_document_text(entry, language), SHIPPED)

    def zone_else_standard_wording(self, entry: PackDocument, language: str) -> Wording:
        """The wording that would hold without the partnership's own: the zone's, else ours."""
        return Wordings(self.zone, {}).own_else_zone_else_standard_wording(entry, language)


def standard_document_text(entry: PackDocument, language: str) -> str:
    """Our text, as it ships."""
    return entry.path(language).read_text(encoding="utf-8").strip()


def newest_wordings_for_partnership(partnership: Partnership) -> Wordings:
    """The newest version of every text that the partnership or its zone words itself: one query."""
    mine = Q(partnership=partnership) | Q(zone__path=zone_path(partnership.area.path))
    newest: dict[bool, dict[tuple[str, str], PackText]] = {True: {}, False: {}}
    for text in PackText.objects.filter(mine).order_by("version"):
        newest[text.partnership_id is not None][text.document, text.language] = text
    return Wordings(zone=newest[False], own=newest[True])


def document_text_versions_newest_first(
    *, owner: Partnership | Area, entry: PackDocument, language: str
) -> QuerySet[PackText]:
    """The versions of one document that a partnership or a zone wrote, the newest first."""
    whose = {"partnership": owner} if isinstance(owner, Partnership) else {"zone": owner}
    versions = PackText.objects.filter(document=entry.key, language=language, **whose)
    return versions.select_related("written_by").order_by("-version")


def newest_zone_texts(zone: Area) -> dict[tuple[str, str], PackText]:
    """The newest version of every text that a zone words itself: one query."""
    return {(text.document, text.language): text for text in PackText.objects.filter(zone=zone).order_by("version")}
