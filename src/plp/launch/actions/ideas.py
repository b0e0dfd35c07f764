"""What becomes of an idea: filed by anybody, sent to the police of the right zone, answered once (R10, R11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.launch.actions.steps import assign_step_plan_once
from plp.launch.letters import notify_desk_of_idea, notify_teller_of_idea_answer
from plp.launch.models import Desk, Idea
from plp.launch.states import HEARING, Hearing
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership import erasure
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.people import actions as persons
from plp.people.models import Person
from plp.people.retention_terms import retention_term
from plp.places import actions as places
from plp.places.models import Area, Street
from plp.toolbox.moves import Refused, move
from plp.toolbox.words import normalise_text
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

MOST_WORDS, MOST_ANSWER = 1500, 1000
KEPT = timedelta(days=90)  # words and contact of an answered idea (R84)
UNNAMED = "Idea"  # the name of nobody: an idea asks for none
LINKS = ("://", "www.", "http", "[url", "<a ")


class LinkInIdea(Refused):
    """What strangers write to the police holds no link: nobody advertises here."""

    sentence = _("Write in your own words, without links to websites.")


class NotInSameZone(Refused):
    """The other idea or partnership is in another zone, or was itself joined to another."""

    sentence = _("An idea can only be joined to an open idea or a partnership of the same police zone.")


@dataclass(frozen=True)
class IdeaDetails:
    """What somebody tells in the form. ``contact`` is (channel, normal address) or ``None``; nothing is confirmed."""

    municipality: Area
    street_text: str
    postcode: str
    origin: str
    kind: str
    words: str
    language: str
    street: Street | None = None
    telephone: str = ""
    contact: tuple[str, str] | None = None


@dataclass(frozen=True)
class PartnershipDetails:
    """How a partnership begins: its short name for ever, its names and purpose per language, its kind.

    ``crosses``: the quarter has streets of another municipality of the police zone, and lies in the zone itself.
    """

    key: str
    names: Mapping[str, str]
    kind: str
    languages: Sequence[str]
    purpose: Mapping[str, str]
    crosses: bool = False


@transaction.atomic
def file_idea_and_notify_zone_desk(*, telling: IdeaDetails, by: Person | None, at: datetime) -> Idea:
    """Write down an idea and send it to the desk of its zone. Anybody may (R10).

    Raises ``BadWords`` or ``LinkInIdea``.
    """
    words = normalise_text(telling.words, most=MOST_WORDS, lines=True)
    if any(sign in words.lower() for sign in LINKS):
        raise LinkInIdea
    teller = None
    if telling.contact is not None:
        teller = persons.register_person(name=UNNAMED, language=telling.language, by=by, at=at)
        persons.add_contact(person=teller, channel=telling.contact[0], address=telling.contact[1], by=by, at=at)
    idea = Idea.objects.create(
        municipality=telling.municipality,
        street=telling.street,
        street_text=normalise_text(telling.street_text, most=120),
        postcode=telling.postcode,
        origin=Idea.Origin(telling.origin),
        kind=Partnership.Kind(telling.kind),
        words=words,
        telephone=normalise_text(telling.telephone, most=30, empty=True),
        teller=teller,
        language=telling.language,
        filed_at=at,
    )
    notify_desk_of_idea(idea, by=by, at=at)
    note(verb="idea.filed", by=by, at=at, area=idea.municipality.path, target=idea, origin=idea.origin)
    return idea


@transaction.atomic
def decline_idea_and_notify_teller(*, idea: Idea, reason: str, by: Person, at: datetime) -> None:
    """Do not take an idea up, and say why. Raises ``NotAllowed``, ``BadWords`` or ``WrongState``."""
    require(by, Permission.IDEA_HANDLE, idea.municipality, at=at)
    answer = normalise_text(reason, most=MOST_ANSWER, lines=True)
    _save_and_send_answer(idea, Hearing.DECLINED, answer, by=by, at=at)


@transaction.atomic
def merge_idea_and_notify_teller(*, idea: Idea, into: Idea | Partnership, words: str, by: Person, at: datetime) -> None:
    """Join an idea to another one or to a partnership of its zone. ``words`` to the teller may be empty.

    Raises ``NotAllowed``, ``NotInSameZone``, ``BadWords`` or ``WrongState``.
    """
    require(by, Permission.IDEA_HANDLE, idea.municipality, at=at)
    answer = normalise_text(words, most=MOST_ANSWER, lines=True, empty=True)
    own_zone = idea.municipality.parent_path
    if isinstance(into, Partnership):
        if not into.area.path.startswith(own_zone):
            raise NotInSameZone
        _save_and_send_answer(idea, Hearing.MERGED, answer, by=by, at=at, partnership=into)
        return
    other = (
        Idea.objects.select_for_update(of=("self",)).select_related("municipality", "partnership__area").get(pk=into.pk)
    )
    standing = other.state in {Hearing.OPEN, Hearing.TAKEN}
    if other.pk == idea.pk or not standing or other.municipality.parent_path != own_zone:
        raise NotInSameZone
    _save_and_send_answer(idea, Hearing.MERGED, answer, by=by, at=at, merged_into=other, partnership=other.partnership)


@transaction.atomic
def found_partnership_from_idea_and_notify_teller(
    *, idea: Idea, founding: PartnershipDetails, words: str, by: Person, at: datetime
) -> Partnership:
    """Begin a partnership out of an idea: its quarter and its file (state idea). Who told it gains no role.

    Raises ``NotAllowed``, ``WrongState``, ``BadWords`` and what ``places.create_quarter`` raises (key and name).
    """
    require(by, Permission.IDEA_HANDLE, idea.municipality, at=at)
    answer = normalise_text(words, most=MOST_ANSWER, lines=True, empty=True)
    purpose = {language: normalise_text(text, most=500) for language, text in founding.purpose.items()}
    if Partnership.objects.filter(key=founding.key).exists():
        raise places.KeyTaken
    parent = idea.municipality
    if founding.crosses:
        parent = Area.objects.get(path=parent.parent_path)
        require(by, Permission.IDEA_HANDLE, parent, at=at)
    area = places.create_quarter(parent=parent, key=founding.key, names=founding.names, by=by, at=at)
    partnership = partnerships.found_partnership(
        area=area, key=founding.key, kind=founding.kind, languages=founding.languages, purpose=purpose, by=by, at=at
    )
    _copy_desk_telephone_to_new_partnership(partnership)
    assign_step_plan_once(partnership=partnership, by=by, at=at)
    _save_and_send_answer(idea, Hearing.TAKEN, answer, by=by, at=at, partnership=partnership)
    Idea.objects.filter(merged_into=idea).update(partnership=partnership)
    return partnership


def _copy_desk_telephone_to_new_partnership(partnership: Partnership) -> None:
    """The public number of a new partnership is that of the desk of its zone, until another is given."""
    desk = Desk.objects.filter(zone__in=Area.objects.containing(partnership.area.path)).first()
    if desk and desk.telephone:
        partnership.contact_phone = desk.telephone[:20]
        partnership.save(update_fields=["contact_phone"])


@transaction.atomic
def set_public_desk_of_zone(
    *, zone: Area, office: str, telephone: str, mail: str, website: str, by: Person, at: datetime
) -> Desk:
    """Say how the public reaches the zone about partnerships (R11): an office. Raises ``NotAllowed``, ``BadWords``."""
    require(by, Permission.IDEA_HANDLE, zone, at=at)
    details = {
        "office": normalise_text(office, most=120),
        "telephone": normalise_text(telephone, most=30, empty=True),
        "mail": normalise_text(mail, most=254, empty=True),
        "website": normalise_text(website, most=200, empty=True),
        "changed_at": at,
    }
    desk, _created = Desk.objects.update_or_create(zone=zone, defaults=details)
    note(verb="desk.named", by=by, at=at, area=zone.path, target=desk)
    return desk


@transaction.atomic
def erase_contents_of_answered_ideas(*, by: Person | None, at: datetime) -> int:
    """Erase words and contact of every idea answered 90 days ago or more (R84); answer how many.

    Origin, place, days and answer stay: the step plan needs them, and they name nobody. For the machine, once a day.
    """
    old = Idea.objects.select_related("teller").filter(
        answered_at__lte=at - retention_term("ideas", KEPT), emptied_at=None
    )
    count = 0
    for idea in old:
        teller = idea.teller
        idea.words, idea.telephone, idea.teller, idea.emptied_at = "", "", None, at
        idea.save(update_fields=["words", "telephone", "teller", "emptied_at"])
        if teller is not None:
            erasure.erase_person(person=teller, by=by, at=at)
        note(verb="idea.emptied", by=by, at=at, area=idea.municipality.path, target=idea)
        count += 1
    return count


def _save_and_send_answer(
    idea: Idea,
    state: Hearing,
    answer: str,
    *,
    by: Person,
    at: datetime,
    partnership: Partnership | None = None,
    **links: object,
) -> None:
    """Move the idea, tell whoever filed it, note it: in the journal of the partnership where one is concerned.

    Raises ``HeldWords`` or ``WrongState``.
    """
    require_text_passes_check(answer, language=idea.language, rules=PUBLIC_RULES)
    changes = {"answer": answer, "answered_at": at, "answered_by": by, "partnership": partnership, **links}
    move(idea, state, table=HEARING, **changes)
    notify_teller_of_idea_answer(idea, by=by, at=at)
    area = partnership.area if partnership else idea.municipality
    note(verb=f"idea.{state}", by=by, at=at, area=area.path, target=idea, origin=idea.origin)
