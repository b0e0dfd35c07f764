"""The partnership, zone, document and language of a page: absent and foreign are the same 404 (T10)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.placeholder_values import PartnershipData
from plp.launch.documents.register import BY_KEY
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.membership.street_recruits import street_link, street_of_code
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.places.models import Area
from plp.places.queries import streets_of
from plp.portal.shell.requests import StaffRequest
from plp.toolbox.texts import OFFICIAL_LANGUAGES


@dataclass(frozen=True)
class ChosenDocument:
    """A document of the pack in one language; ``sisters`` are those that stand beside it on slides."""

    entry: PackDocument
    language: str
    sisters: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Its language, and those that stand beside it."""
        return (self.language, *self.sisters)

    @property
    def title(self) -> str:
        """Its title in the language of the document."""
        return self.entry.title(self.language)


def partnership_or_404(request: StaffRequest, key: str, permission: Permission = Permission.LAUNCH_SEE) -> Partnership:
    """The partnership ``key`` over whose area the person holds ``permission``, or 404."""
    return get_object_or_404(partnerships_in_scope(request.person, permission, at=request.at), key=key)


def zones_whose_texts_one_may_edit(request: StaffRequest) -> QuerySet[Area]:
    """The police zones whose texts the person may word."""
    return (
        permitted_areas(request.person, Permission.ZONE_SET, at=request.at).filter(kind=Area.Kind.ZONE).order_by("path")
    )


def zone_to_edit_or_404(request: StaffRequest, zone: UUID) -> Area:
    """One of them, or 404."""
    return get_object_or_404(zones_whose_texts_one_may_edit(request), pk=zone)


def document_or_404(document: str, language: str) -> ChosenDocument:
    """The document of the register in a language of the pack, or 404."""
    if document not in BY_KEY or language not in BY_KEY[document].languages:
        raise Http404
    return ChosenDocument(BY_KEY[document], language)


def document_in_languages_or_404(document: str, languages: str) -> ChosenDocument:
    """The same, in several languages at once where they stand side by side: ``fr-nl``, of slides alone. Or 404."""
    first, *others = languages.split("-")
    choice = document_or_404(document, first)
    if not set(others) <= set(choice.entry.languages) or len({first, *others}) != len(others) + 1:
        raise Http404
    if others and not choice.entry.is_slides:
        raise Http404
    return ChosenDocument(choice.entry, first, tuple(others))


def join_link_of_requested_street(request: StaffRequest, data: PartnershipData) -> dict[str, str]:
    """The link to join as the papers of the street ``?street=`` bear it; nothing for those of the whole quarter."""
    code = request.GET.get("street", "")
    street = street_of_code(streets_of(data.partnership.area), code) if code else None
    if code and street is None:
        raise Http404
    return {"join_link": street_link(data.partnership, street)} if street else {}


def language_of_request(request: StaffRequest, partnership: Partnership) -> str:
    """The language asked for in the address, else the reader's, else the first of the area."""
    spoken = [language for language in partnership.languages if language in OFFICIAL_LANGUAGES]
    for language in (request.GET.get("language"), get_language(), *spoken):
        if language in OFFICIAL_LANGUAGES:
            return str(language)
    return OFFICIAL_LANGUAGES[0]


@dataclass(frozen=True)
class LanguageTab:
    """A language of papers: the ``url`` that shows them in it."""

    code: str
    url: str


@dataclass(frozen=True)
class LanguageTabs:
    """The languages of papers: those ``spoken`` in the area, in its order, and the ``others``, which stand folded."""

    spoken: Sequence[LanguageTab]
    others: Sequence[LanguageTab]
    is_other_shown: bool


def language_tabs(
    partnership: Partnership,
    languages: Collection[str],
    shown: str,
    url: Callable[[str], str] = "?language={}".format,
) -> LanguageTabs:
    """The tabs of ``languages``; ``shown`` is the one of this page, ``url`` makes the address of each."""
    spoken = [language for language in partnership.languages if language in languages]
    tabs = {language: LanguageTab(language, url(language)) for language in [*spoken, *languages]}
    others = [tab for language, tab in tabs.items() if language not in spoken]
    return LanguageTabs([tabs[language] for language in spoken], others, bool(spoken) and shown not in spoken)
