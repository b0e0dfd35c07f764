"""A zone adds sentences and templates to the catalogue, proposes them to others, and adopts theirs (ADR 61)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed
from plp.notices import refusals
from plp.notices.models import ZoneText
from plp.notices.queries.zone_texts import has_permission_in_zone, languages_of_zone, zone_texts_in_use
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_random_id
from plp.toolbox.moves import WrongState
from plp.wording.catalogue.own_sentences import PREFIX, SentenceFault, own_sentence, sentence_faults, title_faults
from plp.wording.catalogue.reader import sentences, situations

FALLBACK_SITUATION = "thanks"  # with which a sentence for every situation is tried


@transaction.atomic
def save_zone_sentence_for_release(
    *,
    zone: Area,
    situation: str,
    texts: Mapping[str, str],
    core: bool,
    by: Person,
    at: datetime,
    replaces: ZoneText | None = None,
    adopts: ZoneText | None = None,
) -> ZoneText:
    """Keep a sentence of the zone, to be released by a second person; the next version of one that it ``replaces``.

    What is adopted as it stands was released by two persons already, and is in use at once. Raises ``NotAllowed``,
    ``WrongState``, or ``WrongZoneText`` with what is wrong in which language.
    """
    _require_permission_in_zone(by, Permission.NOTICE_WRITE, zone, at)
    if situation and situation not in situations():
        raise WrongState
    words = {language: text.strip() for language, text in texts.items() if text.strip()}
    sentence = own_sentence(f"{PREFIX}new", words, core=core)
    tried_in = situation or FALLBACK_SITUATION
    faults = _missing_language_faults(zone, words) or sentence_faults(
        sentence, situation=tried_in, kind=situations()[tried_in].kind
    )
    _refuse_text_with_faults(faults)
    row = ZoneText(zone=zone, form=ZoneText.Form.SENTENCE, situation=situation, texts=words, core=core)
    return _save_zone_text_version(row, replaces=replaces, adopts=adopts, by=by, at=at)


@transaction.atomic
def save_zone_template_for_release(
    *,
    zone: Area,
    situation: str,
    titles: Mapping[str, str],
    chosen: Sequence[str],
    by: Person,
    at: datetime,
    adopts: ZoneText | None = None,
) -> ZoneText:
    """Keep a title and the keys of ``chosen`` sentences as a template of the zone, to be released by a second person.

    Sentences of another zone are adopted with it. Raises ``NotAllowed``, ``WrongState`` or ``WrongZoneText``.
    """
    _require_permission_in_zone(by, Permission.NOTICE_WRITE, zone, at)
    own = {text.sentence_key for text in zone_texts_in_use(zone)}
    others = _zone_sentences_in_template(adopts)
    if situation not in situations() or not chosen or not set(chosen) <= {*sentences(), *own, *others}:
        raise WrongState
    words = {language: " ".join(title.split()) for language, title in titles.items() if title.strip()}
    _refuse_text_with_faults(
        _missing_language_faults(zone, words) or title_faults(words, kind=situations()[situation].kind)
    )
    adopted = {key: _get_or_adopt_sentence(zone, text, by=by, at=at).sentence_key for key, text in others.items()}
    keys = [adopted.get(key, key) for key in chosen]
    row = ZoneText(zone=zone, form=ZoneText.Form.TEMPLATE, situation=situation, texts=words, sentences=keys)
    return _save_zone_text_version(row, replaces=None, adopts=adopts, by=by, at=at)


@transaction.atomic
def release_zone_text_as_second_person(*, text: ZoneText, by: Person, at: datetime) -> None:
    """A second person puts it into use; the version before it ends. Raises ``NotAllowed``, ``WrongState``."""
    _require_permission_in_zone(by, Permission.NOTICE_RELEASE, text.zone, at)
    if text.written_by_id == by.pk:
        raise refusals.OwnZoneText
    rows = ZoneText.objects.filter(pk=text.pk, released_at=None, withdrawn_at=None)
    if not rows.update(released_by=by, released_at=at):
        raise WrongState
    earlier = ZoneText.objects.filter(zone=text.zone, key=text.key, version__lt=text.version, withdrawn_at=None)
    earlier.update(withdrawn_at=at)
    _note_zone_text_act("released", text, by, at)


@transaction.atomic
def withdraw_zone_text(*, text: ZoneText, by: Person, at: datetime) -> None:
    """Take it out of use; messages keep their words. Raises ``NotAllowed``, ``WrongState``."""
    _require_permission_in_zone(by, Permission.NOTICE_WRITE, text.zone, at)
    if not ZoneText.objects.filter(pk=text.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise WrongState
    _note_zone_text_act("withdrawn", text, by, at)


@transaction.atomic
def propose_zone_text_to_other_zones(*, text: ZoneText, by: Person, at: datetime) -> None:
    """Show it to the other zones, who may adopt it. Raises ``NotAllowed``, ``WrongState``."""
    _require_permission_in_zone(by, Permission.NOTICE_WRITE, text.zone, at)
    rows = ZoneText.objects.filter(pk=text.pk, released_at__isnull=False, withdrawn_at=None, proposed_at=None)
    if not rows.update(proposed_at=at):
        raise WrongState
    _note_zone_text_act("proposed", text, by, at)


def _require_permission_in_zone(by: Person, permission: Permission, zone: Area, at: datetime) -> None:
    if not has_permission_in_zone(by, permission, zone, at=at):
        raise NotAllowed


def _missing_language_faults(zone: Area, texts: Mapping[str, str]) -> list[SentenceFault]:
    return [SentenceFault(language, "missing") for language in languages_of_zone(zone) if language not in texts]


def _refuse_text_with_faults(faults: Sequence[SentenceFault]) -> None:
    if faults:
        raise refusals.WrongZoneText(faults)


def _save_zone_text_version(
    row: ZoneText, *, replaces: ZoneText | None, adopts: ZoneText | None, by: Person, at: datetime
) -> ZoneText:
    if replaces is not None:
        if replaces.zone_id != row.zone_id or replaces.form != row.form:
            raise WrongState
        row.key, row.adopted_from = replaces.key, replaces.adopted_from
        versions = ZoneText.objects.filter(key=replaces.key)
        row.version = 1 + (versions.aggregate(last=Max("version"))["last"] or 0)
        versions.filter(released_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if adopts is not None:
        if adopts.proposed_at is None or adopts.released_at is None:
            raise WrongState
        row.adopted_from = adopts
        if (row.texts, row.core, row.situation) == (adopts.texts, adopts.core, adopts.situation):
            row.released_at, row.released_by = at, by
    row.written_by, row.written_at = by, at
    row.save(force_insert=True)
    _note_zone_text_act("adopted" if adopts is not None else "written", row, by, at)
    return row


def _zone_sentences_in_template(template: ZoneText | None) -> dict[str, ZoneText]:
    """The sentences of its own zone with which a template of another zone begins."""
    if template is None:
        return {}
    texts = {text.sentence_key: text for text in zone_texts_in_use(template.zone)}
    return {key: texts[key] for key in template.sentences if key in texts}


def _get_or_adopt_sentence(zone: Area, text: ZoneText, *, by: Person, at: datetime) -> ZoneText:
    """The zone's own copy of a sentence of another: the one it has, or a new one with the same words."""
    row = zone_texts_in_use(zone).filter(adopted_from__key=text.key).first()
    if row is None:
        words = {"situation": text.situation, "texts": text.texts, "core": text.core, "form": text.form}
        moments = {"written_at": at, "released_at": at, "written_by": by, "released_by": by}
        row = ZoneText.objects.create(zone=zone, key=new_random_id(), adopted_from=text, **words, **moments)
        _note_zone_text_act("adopted", row, by, at)
    return row


def _note_zone_text_act(verb: str, text: ZoneText, by: Person, at: datetime) -> None:
    note(verb=f"zone_text.{verb}", by=by, at=at, area=text.zone.path, target=text, version=text.version)
