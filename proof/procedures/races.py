"""Two people, or two tabs, at the same thing: forms to be sent at one moment, and what came of them.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.middleware.csrf import _mask_cipher_secret
from django.urls import reverse

from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Question
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.models import ListExport
from plp.notices.models import Notice
from plp.notices.queries import hash_of_current_content, title_core_and_more_by_language
from plp.people.models import Person
from plp.toolbox import clock
from proof.procedures import quarter_members, web_forms
from tests.factories import cast as people
from tests.portal import signing

TABS = 4  # the same form, sent so often at once
EXPORTS = 6


def create_quarter_with_third_officer() -> None:
    """The quarter, some members, and a third officer who may release as well."""
    web_forms.create_cast_streets_and_members(5)
    third.append(people.person("Eva Tertia", "nl"))
    people.hold(third[0], Role.OFFICER, web_forms.current_cast().zone)


third: list[Person] = []


def session_cookies_by_participant() -> dict[str, str]:
    """The cookies of everybody who takes part, freshly proven; ``member`` has none that says who they are."""
    signing.NOW = signing.AT = clock.now()
    play = web_forms.current_cast()
    who = {
        "author": play.officer,
        "second": play.second_officer,
        "third": third[0],
        "coordinator": play.here.coordinator,
    }
    words = f"csrf={web_forms.CSRF}; language=en"
    return {"member": words} | {
        name: f"{settings.SESSION_COOKIE_NAME}={signing.signed_in(person).session.session_key}; {words}"
        for name, person in who.items()
    }


def displayed_names_of_participants() -> dict[str, str]:
    """What a page calls them."""
    play = web_forms.current_cast()
    return {
        "author": play.officer.name,
        "second": play.second_officer.name,
        "third": third[0].name,
        "coordinator": play.here.coordinator.name,
    }


def create_race_with_forms(kind: str) -> dict[str, Any]:
    """A fresh race: its key, and the forms with who sends each."""
    return RACES[kind]()


def _form_of_sender(who: str, address: str, **fields: str) -> dict[str, Any]:
    return {"who": who, "path": address, "fields": {"csrfmiddlewaretoken": web_forms.CSRF, **fields}}


def _prepare_release_race() -> dict[str, Any]:
    """Two officers release the same message, each in two tabs."""
    key = quarter_members.create_submitted_notice()
    words, address = Notice.objects.get(pk=key).text_hash, reverse("notices:release:release", args=[key])
    return {"key": key, "forms": [_form_of_sender(who, address, text_hash=words) for who in ("second", "third") * 2]}


def _prepare_take_back_race() -> dict[str, Any]:
    """The author takes the message back while another officer releases it."""
    key = quarter_members.create_submitted_notice()
    words = Notice.objects.get(pk=key).text_hash
    return {
        "key": key,
        "forms": [
            _form_of_sender("second", reverse("notices:release:release", args=[key]), text_hash=words),
            _form_of_sender("author", reverse("notices:write:take_back", args=[key])),
        ],
    }


def _create_released_notice() -> str:
    key = quarter_members.create_submitted_notice()
    quarter_members.release_notice(key)
    return key


def _prepare_relay_race() -> dict[str, Any]:
    """A double click, and the same form in other tabs."""
    key = _create_released_notice()
    return {"key": key, "forms": [_form_of_sender("coordinator", reverse("notices:relay:relay", args=[key]))] * TABS}


def _prepare_stop_race() -> dict[str, Any]:
    """The police stop a message while the coordinator passes it on."""
    key = _create_released_notice()
    passing = _form_of_sender("coordinator", reverse("notices:relay:relay", args=[key]))
    return {"key": key, "forms": [passing, _form_of_sender("second", reverse("notices:release:stop", args=[key]))]}


def _prepare_revoke_race() -> dict[str, Any]:
    """The coordinator passes a message on while their mandate ends: ``end_coordinator_mandate`` ends it."""
    key = _create_released_notice()
    return {"key": key, "forms": [_form_of_sender("coordinator", reverse("notices:relay:relay", args=[key]))]}


def _prepare_vote_race() -> dict[str, Any]:
    """One code, sent by several telephones at once."""
    at = clock.now()
    if not vote:
        hours = {"starts_at": at + timedelta(hours=1), "ends_at": at + timedelta(hours=3)}
        plan = MeetingPlan(place="Salle des fêtes", street="Rue de la Paroisse 12", languages=("fr", "nl"), **hours)  # type: ignore[arg-type]
        meeting = evening.plan_meeting(
            partnership=web_forms.current_cast().next_door.partnership, plan=plan, by=None, at=at
        )
        evening.publish_meeting(meeting=meeting, by=None, at=at)
        evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=at)
        evening.set_attendance_on_paper_list(meeting=meeting, persons=1_000, by=None, at=at)
        question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=at)
        evening.open_vote(question=question, by=None, at=at)
        vote.append(question)
    cache.clear()  # wrong codes are counted, and a thousand races come from one network
    question, meeting = vote[0], vote[0].meeting
    (code,) = evening.create_ballot_codes(meeting=meeting, number=1, by=None, at=at)
    fields = {"code": code, str(question.pk): "yes", "choose": "1"}
    return {
        "key": code,
        "forms": [_form_of_sender("member", reverse("evening:vote", args=[meeting.token]), **fields)] * TABS,
    }


vote: list[Question] = []


def _prepare_export_race() -> dict[str, Any]:
    """The list of members asked for more often at once than a day allows; what was taken before was on other days."""
    for taken in ListExport.objects.order_by("day", "number"):  # the oldest makes room for the next
        ListExport.objects.filter(pk=taken.pk).update(day=taken.day - timedelta(days=1))
    address = reverse("membership:enrolment:export", args=[web_forms.current_cast().here.partnership.key])
    return {
        "key": "",
        "forms": [_form_of_sender("coordinator", address, form="csv", reason="A meeting of the committee")] * EXPORTS,
    }


def _prepare_draft_race() -> dict[str, Any]:
    """A double click on a form that makes something: the same drawing of the page, sent in all tabs."""
    drafts[:] = [Notice.objects.count()]
    fields = {
        "partnership": str(web_forms.current_cast().here.partnership.pk),
        "kind": "advice",
        "reason": "prevention",
    }
    form = _form_of_sender("author", reverse("notices:write:new"), **fields)
    form["fields"]["csrfmiddlewaretoken"] = _mask_cipher_secret(web_forms.CSRF)  # as a page draws it, anew each time
    return {"key": "", "forms": [form] * TABS}


drafts = [0]


RACES: dict[str, Callable[[], dict[str, Any]]] = {
    "release": _prepare_release_race,
    "take_back": _prepare_take_back_race,
    "relay": _prepare_relay_race,
    "stop": _prepare_stop_race,
    "revoke": _prepare_revoke_race,
    "vote": _prepare_vote_race,
    "export": _prepare_export_race,
    "draft": _prepare_draft_race,
}


def end_coordinator_mandate() -> float:
    """End the coordinator's mandate; answers when that was written: who acts before, while it is being written, was
    still allowed to, also where the end itself bears an earlier time.
    """
    for mandate in Mandate.objects.filter(person=web_forms.current_cast().here.coordinator, ends_at=None):
        mandates.end_mandate(mandate=mandate, by=None, at=clock.now())
    return clock.now().timestamp()


def appoint_coordinator() -> None:
    """The coordinator is one again."""
    play, screened = web_forms.current_cast().here, {"screened_on": date(2026, 1, 5), "screened_fit": True}
    who = {"person": play.coordinator, "role": Role.COORDINATOR, "area": play.area, "by": None, "at": clock.now()}
    mandates.appoint(decision="again", **screened, **who)  # type: ignore[arg-type]


def outcome_of_race(kind: str, key: str) -> dict[str, Any]:
    """What the database says of a race: ``acts`` that were done, whether all ``fits``."""
    if kind == "vote":
        counted = Question.objects.get(pk=vote[0].pk).votes_so_far().yes
        before, votes[:] = votes[0], [counted]
        return {"acts": counted - before, "fits": True}
    if kind == "draft":
        return {"acts": Notice.objects.count() - drafts[0], "fits": True}
    if kind == "export":
        return {"acts": ListExport.objects.filter(day=clock.local(clock.now()).date()).count(), "fits": True}
    notice = Notice.objects.select_related("partnership").get(pk=key)
    copies = list(Dispatch.objects.filter(message__subject=key).values_list("state", flat=True))
    return {
        "acts": _count_journal_entries_of_race(kind, notice),
        "fits": _is_notice_consistent(notice, copies),
        "relayed": _relay_timestamp_or_zero(notice),
    }


votes = [0]


def _count_journal_entries_of_race(kind: str, notice: Notice) -> int:
    """How many of the rivals' acts stand; the journal must have as many lines."""
    verbs = {
        "release": ["notice.released"],
        "take_back": ["notice.released", "notice.sent_back"],
        "relay": ["notice.relayed"],
        "stop": ["notice.relayed", "notice.retracted"],
        "revoke": ["notice.relayed"],
    }
    return sum(web_forms._count_journal_entries(verb, notice) for verb in verbs[kind])


def _relay_timestamp_or_zero(notice: Notice) -> float:
    return notice.relay.at.timestamp() if hasattr(notice, "relay") else 0.0


def _is_notice_consistent(notice: Notice, copies: list[str]) -> bool:
    """The words are those approved; one fan-out at most; after a stop nothing waits; a draft has no release."""
    words = hash_of_current_content(notice, title_core_and_more_by_language(notice))
    approved = not hasattr(notice, "release") or notice.release.text_hash == words
    relayed = hasattr(notice, "relay")
    once = len(copies) == (notice.relay.audience if relayed else 0)
    stopped = notice.state != "retracted" or set(copies) <= {State.STOPPED, State.ACCEPTED}
    return approved and once and stopped and (notice.state != "draft" or not hasattr(notice, "release"))


OWN = (
    create_quarter_with_third_officer,
    session_cookies_by_participant,
    displayed_names_of_participants,
    create_race_with_forms,
    end_coordinator_mandate,
    appoint_coordinator,
    outcome_of_race,
)
PROCEDURES = {**web_forms.PROCEDURES, **{one.__name__: one for one in OWN}}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    quarter_members.message_queue.serve_procedure_calls(PROCEDURES)
