"""Reads: our keys, partners, offers to answer, within the scope of a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from plp.charter.kinds import KINDS
from plp.exchange.field_readers import VERSION
from plp.exchange.letter_format import invitation_text
from plp.exchange.models import OutgoingLetter, OwnKey, PartnerInstallation, RegisterEntry, SupralocalOffer
from plp.exchange.rules import verification_words
from plp.exchange.states import OfferState, PartnerPurpose, PartnerState
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import Notice
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries.territory import zone_path

PAIR = Permission.INSTALLATION_MEET
LIVE = (State.DRAFT, State.SUBMITTED, State.RELEASED, State.RELAYED, State.GATHERED)
UNDER_WAY = (State.RELEASED, State.RELAYED)


def areas_to_pair_for(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The zones, or the country, for which ``person`` may meet other installations."""
    areas = permitted_areas(person, PAIR, at=at)
    return areas.filter(kind__in=[Area.Kind.COUNTRY, Area.Kind.ZONE]).order_by("path")


def partners_in_scope(person: Person | None, *, at: datetime) -> QuerySet[PartnerInstallation]:
    """The partners of one's area; those that ended last."""
    partners = PartnerInstallation.objects.filter(area__in=areas_to_pair_for(person, at=at))
    return partners.select_related("area", "own_key").order_by("ended_at", "-made_at")


def verification_words_of(partner: PartnerInstallation) -> list[str]:
    """The words that both chiefs read aloud; none before the other side answered."""
    if not partner.signing_key:
        return []
    own = partner.own_key
    return verification_words(partner.pk, own.signing_key + own.recipient, partner.signing_key + partner.recipient)


def invitation_text_of(partner: PartnerInstallation) -> str:
    """The text to send to whom we invited; it holds no secret."""
    return invitation_text(
        {
            "version": str(VERSION),
            "meeting": str(partner.pk),
            "name": partner.area.name("fr")[:120],
            "origin": "" if partner.is_by_file else settings.ORIGIN,
            "purpose": partner.purpose,
            "signing_key": partner.own_key.signing_key,
            "recipient": partner.own_key.recipient,
            "ends_at": partner.invitation_ends_at.isoformat(timespec="seconds"),
        }
    )


def letters_not_taken_by_partner(partner: PartnerInstallation) -> QuerySet[OutgoingLetter]:
    """What the partner does not have yet, in its order."""
    return partner.letters.filter(taken_at=None).select_related("own_key", "partner").order_by("number")


def own_letter_secrets() -> list[str]:
    """The secrets that open letters to us, retired ones too."""
    return [key.identity for key in OwnKey.objects.order_by("-made_at")]


def partners_for_messages(area: Area) -> QuerySet[PartnerInstallation]:
    """Connected installations to which a message from ``area`` may be offered."""
    partners = PartnerInstallation.objects.filter(state=PartnerState.OPEN, purpose=PartnerPurpose.MESSAGES)
    around = Area.objects.containing(area.path).filter(kind=Area.Kind.ZONE)
    return partners.filter(area__in=around).order_by("name")


def offers_of(notice: Notice) -> QuerySet[SupralocalOffer]:
    """To which partners a message of ours goes, and where it stands there."""
    return SupralocalOffer.objects.filter(notice=notice, is_ours=True).select_related("partner").order_by("made_at")


def _offers_to_zones_of_writer(person: Person | None, at: datetime) -> QuerySet[SupralocalOffer]:
    """What partners offered to zones in which ``person`` writes messages."""
    areas = permitted_areas(person, Permission.NOTICE_WRITE, at=at)
    zones = {zone_path(path) for path in areas.values_list("path", flat=True)}
    offers = SupralocalOffer.objects.filter(is_ours=False, partner__area__path__in=zones)
    return offers.select_related("partner__area", "notice", "corrects__notice").order_by("made_at")


def offers_to_answer(person: Person | None, *, at: datetime) -> QuerySet[SupralocalOffer]:
    """Messages of other installations that wait for the police here, the first offered first."""
    if not SupralocalOffer.objects.filter(is_ours=False, state=OfferState.OFFERED).exists():
        return SupralocalOffer.objects.none()
    waiting = _offers_to_zones_of_writer(person, at).filter(state=OfferState.OFFERED)
    return waiting.exclude(expires_at__lte=at)


def withdrawn_offers_with_live_notice(person: Person | None, *, at: datetime) -> QuerySet[SupralocalOffer]:
    """Messages that their sender withdrew while what we made of them is still alive here."""
    gone = Q(is_ours=False, state=OfferState.WITHDRAWN, notice__state__in=LIVE)
    if not SupralocalOffer.objects.filter(gone).exists():
        return SupralocalOffer.objects.none()
    return _offers_to_zones_of_writer(person, at).filter(gone)


def partnerships_to_accept_for(person: Person | None, offer: SupralocalOffer, *, at: datetime) -> QuerySet[Partnership]:
    """Active partnerships of the zone in which ``person`` writes."""
    partnerships = partnerships_in_scope(person, Permission.NOTICE_WRITE, at=at).filter(state=Life.ACTIVE)
    return partnerships.filter(area__path__startswith=offer.partner.area.path).order_by("key")


def offered_texts(notice: Notice) -> Mapping[str, Mapping[str, str]]:
    """The words of a message as a letter holds them."""
    return {text.language: {"title": text.title, "core": text.core, "more": text.more} for text in notice.texts.all()}


def offer_title_in_language_or_any(offer: SupralocalOffer, language: str) -> str:
    """The title of an offered message in the reader's language, else in any."""
    texts: dict[str, dict[str, str]] = offer.texts
    words: dict[str, str] = texts.get(language) or next(iter(texts.values()), {})
    return words.get("title") or str(KINDS[offer.kind].label)


def foreign_register_entries(person: Person | None, *, at: datetime) -> list[dict[str, Any]]:
    """What other installations told the register, for the reader who subscribed to them."""
    entries = RegisterEntry.objects.filter(
        partner__in=partners_in_scope(person, at=at), partner__state=PartnerState.OPEN
    )
    return list(entries.order_by("key", "partner").values_list("entry", flat=True))


def register_subscribers() -> QuerySet[PartnerInstallation]:
    """Readers of the register who subscribed to a zone of ours."""
    readers = PartnerInstallation.objects.filter(state=PartnerState.OPEN, purpose=PartnerPurpose.REGISTER)
    return readers.exclude(area__kind=Area.Kind.COUNTRY).select_related("area").order_by("made_at")


def partners_to_confirm(person: Person | None, *, at: datetime) -> QuerySet[PartnerInstallation]:
    """Partners whose words ``person`` has not compared yet."""
    if not PartnerInstallation.objects.filter(state=PartnerState.MET, confirmed_at=None).exists():
        return PartnerInstallation.objects.none()
    return partners_in_scope(person, at=at).filter(state=PartnerState.MET, confirmed_at=None)
