"""Letters about ideas, about the life of a partnership and before dates: each reader in their own language."""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import Slot, strip_slots
from plp.documents.dates import date_format
from plp.launch.models import Idea, LifeAct, QuarterChange
from plp.launch.queries.records import END_WAITS
from plp.launch.queries.statement_links import sealed_party_words
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.membership.erasure import first_erasure_day_of_leavers
from plp.membership.queries import member_and_applicant_contacts, member_contacts
from plp.partnership.letters import public_contact_text
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedText
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.places.models import name_in_language, nis_in_path
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign

TEXTS = Path(__file__).parent / "texts"
IDEA_DESK = LetterTemplate(TEXTS, "idea_desk", "launch.idea")
IDEA_ANSWER = LetterTemplate(TEXTS, "idea_answer", "launch.idea_answer", to_unconfirmed=True)
INITIATOR_NOTE = LetterTemplate(TEXTS, "initiator_note", "launch.initiator_note")
PARTY_WORDS = LetterTemplate(TEXTS, "party_words", "launch.party_words")
PURPOSE = "idea.follow"


def _launch_letter_template(name: str, *, by_hand: bool = False) -> LetterTemplate:
    return LetterTemplate(
        TEXTS, name, f"launch.{name}", urgent=False, by_hand=by_hand, counts_for_area=True, by_day=by_hand
    )


LETTERS = {  # kind of act: the letter to the members
    LifeAct.Kind.REST: _launch_letter_template("life_rest", by_hand=True),
    LifeAct.Kind.WAKE: _launch_letter_template("life_wake", by_hand=True),
    LifeAct.Kind.END: _launch_letter_template("life_end", by_hand=True),
}
PARTNERS, REMINDER = _launch_letter_template("life_partners"), _launch_letter_template("reminder")
END_DECIDED, END_TAKEN_BACK = _launch_letter_template("life_to_end"), _launch_letter_template("life_goes_on")
CHANGE_PARTNERS, CHANGE_QUESTION = (
    _launch_letter_template("quarter_partners"),
    _launch_letter_template("quarter_question"),
)
CHANGE, CHANGE_ENDED = (
    _launch_letter_template("quarter_change", by_hand=True),
    _launch_letter_template("quarter_stays", by_hand=True),
)
WHAT = {  # what the partners are told of a change of a quarter
    "released": _("The area changes"),
    "done": _("The area has changed"),
    "undone": _("The change of the area was undone"),
}


def idea_key_with_signature(idea: UUID) -> str:
    """The secret part of the follow-up link of an idea: signed, stored nowhere."""
    return f"{idea}/{sign(str(idea), purpose=PURPOSE)}"


def is_valid_idea_link_signature(idea: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return is_valid_signature(str(idea), signature, purpose=PURPOSE)


def notify_desk_of_idea(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to everybody who handles ideas there that one has come: the place, nothing of its words."""
    return send_letter(
        IDEA_DESK,
        to=contacts_of(permission_holders(Permission.IDEA_HANDLE, idea.municipality, at=at)),
        context=lambda language: {"place": idea.municipality.name(language), "link": pages.IDEAS.link()},
        area=None,
        by=by,
        at=at,
    )


def notify_teller_of_idea_answer(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to whoever left an e-mail address that the idea is answered: one mail, for the address was never proven."""
    link = pages.IDEA_FOLLOW.link(*idea_key_with_signature(idea.pk).split("/"))
    return send_letter(
        IDEA_ANSWER,
        to=ContactPoint.objects.filter(person=idea.teller_id),
        context=lambda language: {"place": idea.municipality.name(language), "link": link},
        area=None,
        by=by,
        at=at,
    )


def send_life_act_to_members(life_act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell every member by their own channel, paper and calls included (R66); answer how many letters were queued.

    Of its end those who asked to join hear too: they were invited to its meetings.
    """
    partnership = life_act.partnership
    has_ended = life_act.kind == LifeAct.Kind.END
    return send_letter(
        LETTERS[LifeAct.Kind(life_act.kind)],
        to=(member_and_applicant_contacts if has_ended else member_contacts)(partnership),
        context=lambda language: {
            "partnership": partnership.name(language),
            "page": pages.PARTNERSHIP.link(partnership.key),
            "contact": public_contact_text(partnership) or settings.ORIGIN,
            "settings": pages.MEMBER_ENTRY.link(),
            "erased_on": date_format(first_erasure_day_of_leavers(life_act.at), "DATE_FORMAT"),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def send_life_act_to_mandate_holders(life_act: LifeAct, *, by: Person | None, at: datetime) -> int:
    """Tell whoever holds a mandate there, with the reason: police, municipality, coordinator, committee."""
    partnership = life_act.partnership
    return send_letter(
        PARTNERS,
        to=contacts_of(permission_holders(Permission.LAUNCH_SEE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "act": str(life_act.get_kind_display()),
            "reason": strip_slots(life_act.reason),
            "link": pages.LIFE.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def send_end_decision_to_mandate_holders(
    life_act: LifeAct, template: LetterTemplate, *, by: Person | None, at: datetime
) -> int:
    """Tell whoever holds a mandate there that the end is decided, or taken back; members read neither."""
    partnership = life_act.partnership
    return send_letter(
        template,
        to=contacts_of(permission_holders(Permission.LAUNCH_SEE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "moment": date_format(local(life_act.at + END_WAITS), "DATETIME_FORMAT"),
            "reason": strip_slots(life_act.reason),
            "link": pages.LIFE.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def name_of_other_or_future_partnership(change: QuarterChange, language: str) -> str:
    """The name of the partnership to which streets go, also while it is still to be made."""
    if change.other is not None:
        return change.other.name(language)
    names = {code: change.names.get(code) for code in ("fr", "nl", "de")}
    return name_in_language(language, **names, nis=nis_in_path(change.partnership.area.path))


def _quarter_change_letter_values(change: QuarterChange, language: str) -> dict[str, str]:
    partnership = change.partnership
    return {
        "partnership": partnership.name(language),
        "other": strip_slots(name_of_other_or_future_partnership(change, language)),
        "day": date_format(change.day, "DATE_FORMAT"),
        "link": pages.QUARTER_CHANGE.link(partnership.key, change.pk),
        "contact": public_contact_text(partnership) or settings.ORIGIN,
        "reply": pages.QUARTER_ANSWER.link(Slot.ANSWER_CODE),
    }


def send_change_to_members(
    change: QuarterChange, persons: Collection[UUID], template: LetterTemplate, *, by: Person | None, at: datetime
) -> int:
    """Write to these members by their own channels, paper and calls included; answer how many letters were queued."""
    return send_letter(
        template,
        to=ContactPoint.objects.filter(person__in=persons),
        context=lambda language: _quarter_change_letter_values(change, language),
        area=change.partnership.area,
        subject_id=change.pk,
        by=by,
        at=at,
    )


def send_change_to_mandate_holders(change: QuarterChange, event: str, *, by: Person | None, at: datetime) -> int:
    """Tell whoever holds a mandate in one of the quarters, each once. ``what``: a key of ``WHAT``."""
    people = permission_holders(Permission.LAUNCH_SEE, change.partnership.area, at=at)
    if change.other is not None:
        people = people | permission_holders(Permission.LAUNCH_SEE, change.other.area, at=at)
    return send_letter(
        CHANGE_PARTNERS,
        to=contacts_of(people.distinct()),
        context=lambda language: (
            _quarter_change_letter_values(change, language)
            | {"what": str(WHAT[event]), "reason": strip_slots(change.reason)}
        ),
        area=change.partnership.area,
        by=by,
        at=at,
    )


def send_talk_request_to_coordinator(change: QuarterChange, *, by: Person | None, at: datetime) -> int:
    """Tell whoever sees the list of members that one of them would like to talk; no name in the letter."""
    return send_letter(
        CHANGE_QUESTION,
        to=contacts_of(permission_holders(Permission.MEMBERS_MANAGE, change.partnership.area, at=at)),
        context=lambda language: _quarter_change_letter_values(change, language),
        area=change.partnership.area,
        by=by,
        at=at,
    )


def queue_plan_reminder_mails(
    *,
    partnership: Partnership,
    what: Callable[[], str],
    day: Callable[[], str],
    persons: QuerySet[Person],
    at: datetime,
) -> int:
    """Remind ``persons`` by mail. ``what`` and ``day`` give words in the active language; answer how many."""
    return send_letter(
        REMINDER,
        to=contacts_of(persons),
        context=lambda language: {
            "partnership": partnership.name(language),
            "what": what(),
            "day": day(),
            "link": pages.PROGRESS.link(partnership.key),
        },
        area=partnership.area,
        by=None,
        at=at,
    )


def send_party_words_to_police(
    partnership: Partnership, party: str, words: TranslatedText, *, by: Person | None, at: datetime
) -> int:
    """Pass what a party says by its link on to the police there alone (ADR 85), with the address of the page that takes
    it over; answer how many mails were queued.
    """
    sealed = sealed_party_words(partnership, party, words)
    return send_letter(
        PARTY_WORDS,
        to=contacts_of(permission_holders(Permission.QUESTION_POLICE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "party": str(Statement.Party(party).label),
            "words": strip_slots(words.words),
            "link": f"{pages.STATEMENTS.link(partnership.key)}?words={sealed}",
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def send_initiator_letter_to_police(partnership: Partnership, words: str, *, by: Person | None, at: datetime) -> int:
    """Pass the words of an initiator on to the police there alone (ADR 85); answer how many mails were queued."""
    return send_letter(
        INITIATOR_NOTE,
        to=contacts_of(permission_holders(Permission.QUESTION_POLICE, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "words": strip_slots(words),
            "link": pages.PROGRESS.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
