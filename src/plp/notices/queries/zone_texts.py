"""What a zone added to the catalogue: what is in use, what waits for a second person, what other zones propose."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import ZoneText
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries.territory import zone_path
from plp.toolbox.texts import LANGUAGES, OFFICIAL_LANGUAGES


def has_permission_in_zone(person: Person | None, permission: Permission, zone: Area, *, at: datetime) -> bool:
    """Whether ``person`` holds ``permission`` over some part of the zone: its texts serve all who write there."""
    return permitted_areas(person, permission, at=at).filter(path__startswith=zone.path).exists()


def zones_of_writer_or_releaser(person: Person, *, at: datetime) -> QuerySet[Area]:
    """The zones in which ``person`` writes or releases messages, the first by name."""
    areas = permitted_areas(person, Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE, at=at)
    paths = {zone_path(area.path) for area in areas}
    return Area.objects.filter(path__in=paths, kind=Area.Kind.ZONE).order_by("name_fr", "name_nl", "path")


def languages_of_zone(zone: Area) -> list[str]:
    """The languages that a text of the zone must have: those of its partnerships, or all official ones."""
    rows = Partnership.objects.filter(area__path__startswith=zone.path).values_list("languages", flat=True)
    spoken = {language for languages in rows for language in languages}
    return [language for language in LANGUAGES if language in (spoken or OFFICIAL_LANGUAGES)]


def zone_text_versions_of(zone: Area) -> QuerySet[ZoneText]:
    """Every version that the zone wrote, read with the zone."""
    return ZoneText.objects.filter(zone=zone).select_related("zone")


def zone_texts_to_revise_or_adopt(zone: Area) -> QuerySet[ZoneText]:
    """Those of which the zone may write a next version, and those of others that it may adopt."""
    return ZoneText.objects.filter(Q(zone=zone) | Q(proposed_at__isnull=False), withdrawn_at=None)


def zone_texts_in_use(zone: Area) -> QuerySet[ZoneText]:
    """The sentences and templates of a zone that were released and not withdrawn, the newest first."""
    return ZoneText.objects.filter(zone=zone, released_at__isnull=False, withdrawn_at=None).order_by("-released_at")


def zone_texts_awaiting_second_person(zone: Area) -> QuerySet[ZoneText]:
    """Those that wait for a second person, the oldest first."""
    return ZoneText.objects.filter(zone=zone, released_at=None, withdrawn_at=None).order_by("written_at")


def zone_texts_other_zones_propose(zone: Area) -> QuerySet[ZoneText]:
    """What other zones propose and this one has not adopted, in any version."""
    adopted = ZoneText.objects.filter(zone=zone, adopted_from__isnull=False, withdrawn_at=None)
    proposed = ZoneText.objects.filter(proposed_at__isnull=False, released_at__isnull=False, withdrawn_at=None)
    others = proposed.exclude(zone=zone).exclude(key__in=adopted.values("adopted_from__key"))
    return others.select_related("zone").order_by("-proposed_at")


def zone_sentences_in_use(partnership: Partnership) -> Sequence[ZoneText]:
    """The sentences in use in the zone of ``partnership``."""
    rows = ZoneText.objects.filter(zone__path=zone_path(partnership.area.path), form=ZoneText.Form.SENTENCE)
    return list(rows.filter(released_at__isnull=False, withdrawn_at=None).order_by("-released_at"))


def zone_paths_of(partnerships: QuerySet[Partnership]) -> list[str]:
    """The paths of the zones around these partnerships."""
    return sorted({zone_path(partnership.area.path) for partnership in partnerships.select_related("area")})


def templates_in_use(zone_paths: Sequence[str]) -> QuerySet[ZoneText]:
    """The templates in use in the zones at these paths, by their titles as they were released."""
    rows = ZoneText.objects.filter(zone__path__in=zone_paths, form=ZoneText.Form.TEMPLATE, withdrawn_at=None)
    return rows.filter(released_at__isnull=False).order_by("-released_at")
