"""Writes of the pack's wordings: a zone's for all its partnerships, a partnership's own; and back to ours."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from plp.documents import UnknownPlace, placeholder_names, select_variant
from plp.journal.actions import note
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.placeholder_values import allowed_placeholders
from plp.launch.documents.refusals import EmptyText, NothingToRestore, TextTooLong, TextUnchanged
from plp.launch.models import PackText
from plp.launch.queries.texts import (
    document_text_versions_newest_first,
    newest_wordings_for_partnership,
    standard_document_text,
)
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

MOST_CHARACTERS = 40_000  # characters: some fifteen pages


@transaction.atomic
def save_new_version_of_document_text(
    *, owner: Partnership | Area, entry: PackDocument, language: str, source: str, by: Person | None, at: datetime
) -> PackText:
    """Keep ``source`` as the newest version of a document, for a partnership or for every one of a zone.

    Raises ``NotAllowed``, ``EmptyText``, ``TextTooLong``, ``TextUnchanged``, ``HeldWords`` for a new line that the
    message check holds, and for a text that could not be filled ``UnknownPlace`` or ``WrongVariant``.
    """
    _require_permission_to_word_documents(owner, by, at)
    text = "\n".join(line.rstrip("\r") for line in source.strip().split("\n"))
    _refuse_unusable_document_text(entry, text)
    newest = document_text_versions_newest_first(owner=owner, entry=entry, language=language).first()
    if newest is not None and newest.source == text:
        raise TextUnchanged
    accepted = _underlying_text(owner, entry, language) + (f"\n{newest.source}" if newest else "")
    require_text_passes_check(text, language=language, rules=PUBLIC_RULES, accepted=accepted)
    return _create_text_version(owner, entry, language, text, by, at)


@transaction.atomic
def restore_underlying_document_text(
    *, owner: Partnership | Area, entry: PackDocument, language: str, by: Person | None, at: datetime
) -> PackText:
    """Go back to the text below: for a partnership that of its zone or ours, for a zone ours. What was stays on file.

    Raises ``NotAllowed`` or ``NothingToRestore``.
    """
    _require_permission_to_word_documents(owner, by, at)
    newest = document_text_versions_newest_first(owner=owner, entry=entry, language=language).first()
    if newest is None or not newest.source:
        raise NothingToRestore
    return _create_text_version(owner, entry, language, "", by, at)


def _underlying_text(owner: Partnership | Area, entry: PackDocument, language: str) -> str:
    """The text that holds while the owner has none."""
    if isinstance(owner, Partnership):
        return newest_wordings_for_partnership(owner).zone_else_standard_wording(entry, language).source
    return standard_document_text(entry, language)


def _require_permission_to_word_documents(owner: Partnership | Area, by: Person | None, at: datetime) -> None:
    if by is None:
        return
    if isinstance(owner, Partnership):
        require(by, Permission.PACK_WORD, owner.area, at=at)
    else:
        require(by, Permission.ZONE_SET, owner, at=at)


def _refuse_unusable_document_text(entry: PackDocument, text: str) -> None:
    """Refuse a text that cannot become a document: empty, too long, unknown place, broken part."""
    if not text:
        raise EmptyText
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(most=MOST_CHARACTERS)
    unknown = sorted(placeholder_names(text) - allowed_placeholders(entry))
    if unknown:
        raise UnknownPlace(place=unknown[0])
    select_variant(text, "plp")


def _create_text_version(
    owner: Partnership | Area, entry: PackDocument, language: str, source: str, by: Person | None, at: datetime
) -> PackText:
    whose = {"partnership": owner} if isinstance(owner, Partnership) else {"zone": owner}
    versions = PackText.objects.filter(document=entry.key, language=language, **whose)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    text = PackText.objects.create(
        document=entry.key,
        language=language,
        version=last + 1,
        source=source,
        written_by=by,
        written_at=at,
        **whose,
    )
    area = owner.area.path if isinstance(owner, Partnership) else owner.path
    verb = "pack.worded" if source else "pack.restored"
    note(verb=verb, by=by, at=at, area=area, target=text, document=entry.key, language=language, version=last + 1)
    return text
