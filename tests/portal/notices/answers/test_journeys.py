"""A journey per answer path: what a witness typed is on the page of the police, and on no page, mail, file, export, log
or journal line of a coordinator. Each path leaves a token of the proof ``canaries``, found by its reader of all files.
"""

import json
import logging
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.management.utils import get_random_secret_key
from django.test import Client
from django.urls import resolve, reverse

from plp.channels.email.incoming_mail import IncomingMail
from plp.channels.sms.replies import sms_reply_callback_path
from plp.charter.models import PlanRule
from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch, MessageText
from plp.journal.models import Entry
from plp.launch.models import Survey, SurveyCode, SurveyCount
from plp.launch.queries.statement_links import statement_link_secret
from plp.launch.questionnaire import home_survey_code, survey_code_digest
from plp.membership import enquiries
from plp.membership.list_exports import HANDOVER, LABELS, PRINTED, export_list_and_notify
from plp.membership.lists.files import MEDIA
from plp.membership.models import Membership
from plp.membership.paper_trees import call_tree_pdf
from plp.notices import actions as notices
from plp.notices.models import Acknowledgement, HelpCall, Notice, NoticeAnswer
from plp.ops.inbox import relay_or_carry_out_or_forward_mail
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint
from plp.sightings.models import Question
from plp.toolbox.ids import new_random_id
from proof.canaries.scanner import find_tokens_in_file_content
from proof.canaries.tokens import Token
from tests.evening.stage import opened
from tests.factories.cast import Cast, contact, member, person
from tests.factories.notices import drafted_notice, submit_and_release
from tests.portal.evening.test_sheet import lines, typed, vote
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
CORE = "Qui a vu une camionnette blanche rue de Verdun hier soir ?"
LINK = re.compile(r'href="(/[^"#?]*)')
SKIPPED = re.compile(r"/(static|accounts?|guide|media)/|sign-out|logout|\.(png|svg|ics|webmanifest|js|css)$")
FILES = re.compile(r"\.(pdf|docx|pptx|xlsx|ods|csv|zip)$")
MOST_PAGES = 150
SEED = "journey"
HELPER = {"name": "Noé", "reach": "0470 00 00 00"}
STOOD = {**HELPER, "function": "committee", "yes": 9, "no": 0}
CHOSEN = {"about": "costs", "view": "agrees"}
SHEET_LINES: dict[str, tuple[str, str, dict[str, object]]] = {  # of each token its line, its field, the line itself
    "sheet volunteer name": ("volunteer", "name", HELPER),
    "sheet volunteer reach": ("volunteer", "reach", HELPER),
    "sheet candidate name": ("candidate", "name", STOOD),
    "sheet candidate reach": ("candidate", "reach", STOOD),
    "sheet opinion name": ("opinion", "name", CHOSEN),
    "sheet opinion words": ("opinion", "about", CHOSEN),
}
ANSWERS = ("sms", "mail", "form", "letter", "cry")
HINTS = ("sms hint", "mail hint", "form hint", "named hint")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings) -> Cast:
    stop_clock(monkeypatch)
    settings.ANSWERED = ["email", "sms"]
    made = Cast()
    contact(made.here.coordinator, "email", "clara@example.org")
    contact(made.officer, "email", "anne@example.org")
    PlanRule.objects.filter(plan=made.here.plan).update(acknowledged=True)
    return made


def reached(cast: Cast, name: str, channel: str, address: str) -> ContactPoint:
    return contact(member(cast.here.partnership, name), channel, address)


def request_of_police(cast: Cast) -> Notice:
    """A request for information that reached everybody who can be reached."""
    about = {"kind": "information_request", "reason": "information", "at": AT}
    notice = drafted_notice(cast, {"fr": ("Appel à témoins", CORE)}, **about)
    submit_and_release(notice, cast, at=AT)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return Notice.objects.get(pk=notice.pk)


def form_of(point: ContactPoint) -> str:
    number = Dispatch.objects.get(contact=point, message__purpose="notice.information_request").pk
    return reverse("notices:answers:form", args=[answer_code(number)])


def by_sms(client: Client, sender: str, words: str) -> None:
    client.get(
        f"{sms_reply_callback_path()}?{urlencode({'from': sender, 'text': words, 'id': get_random_secret_key()})}"
    )


def pages_of(client: Client) -> dict[str, bytes]:
    """Every page and file that one reaches by links from the first page, with its address; one file of each view."""
    pages: dict[str, bytes] = {}
    waiting, views = ["/"], set()
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        if FILES.search(address):
            view = resolve(address).view_name, address[-4:]
            if view in views:
                continue
            views.add(view)
        answer = client.get(address)
        content = answer.getvalue()
        pages[address] = content
        is_page = answer.status_code == 200 and not FILES.search(address)
        body = content.decode("utf-8", "replace") if is_page else ""
        found = LINK.findall(body) if answer.status_code == 200 else [answer.headers.get("Location", "/")]
        waiting += [
            link
            for link in dict.fromkeys(found)
            if link not in pages and link not in waiting and not SKIPPED.search(link)
        ]
    return pages


def exports_of(cast: Cast) -> dict[str, bytes]:
    """The list of members in every form in which a coordinator takes it out, and the call tree on paper."""
    act = {"partnership": cast.here.partnership, "reason": "Fête de la rue", "by": cast.here.coordinator}
    days = {form: AT + timedelta(days=day) for day, form in enumerate((*MEDIA, HANDOVER, *PRINTED))}
    forms = {form: export_list_and_notify(form=form, proven_at=at, at=at, **act).content for form, at in days.items()}
    return forms | {"call tree": call_tree_pdf(cast.here.partnership, "fr", at=AT)}


def answer_request(
    browser: Client, cast: Cast, canaries: dict[str, str], sms: ContactPoint, mail: ContactPoint
) -> Notice:
    """A request of the police goes out, and witnesses answer it by each way; one of them cries for help meanwhile."""
    form = reached(cast, "Cem Trois", "email", "cem@example.org")
    letter = reached(cast, "Dora Quatre", "paper", "Rue de Verdun 14, 1130 Bruxelles")
    notice = request_of_police(cast)
    by_sms(browser, sms.address, f"J'ai vu la plaque {canaries['sms']}")
    words = f"Une veste rouge {canaries['mail']}\n\n> {CORE}"
    relay_or_carry_out_or_forward_mail(
        IncomingMail(sender=mail.address, words=words, subject="Re: Appel", event="m1", is_proven=True)
    )
    sent = browser.post(form_of(form), {"act": "answer", "words": f"Vers 22 h, {canaries['form']}"})
    code = form_of(letter).removeprefix("/a/")
    by_sms(browser, "+32479999999", f"{code} Elle roulait vite {canaries['letter']}")
    by_sms(browser, sms.address, f"Au secours un voleur dans ma maison {canaries['cry']}")
    browser.post(form_of(form), {"act": "can_help"})
    assert sent.status_code == 302
    return notice


def hint_unasked(browser: Client, canaries: dict[str, str], sms: ContactPoint, mail: ContactPoint) -> None:
    """What nobody asked for reaches the coordinator by each way, in words that no reader knows."""
    asked, address = {"kind": "opinion", "to": "coordinator"}, reverse("sightings:questions:ask", args=["haren"])
    by_sms(browser, sms.address, f"Celui du coin avec ses chaussures trop neuves {canaries['sms hint']}")
    words = f"Toujours le même qui sonne quand on n'est pas là {canaries['mail hint']}"
    relay_or_carry_out_or_forward_mail(
        IncomingMail(sender=mail.address, words=words, subject="Bonjour", event="m0", is_proven=True)
    )
    browser.post(address, {**asked, "words": f"Chez les absents du 12 il y avait du monde {canaries['form hint']}"})
    named = {**asked, "words": f"Le fils de la boulangère le sait bien {canaries['named hint']}", "shows_name": "on"}
    signed_in(sms.person).post(address, named)


@pytest.mark.any_database  # what pages and files say of it
@pytest.mark.long
def test_what_is_typed_is_read_by_the_police_alone_and_hints_by_them_first(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """One of the slowest: it walks through every page and file of a coordinator and of a deputy."""
    caplog.set_level(logging.DEBUG)
    sms = reached(cast, "Ann Un", "sms", "+32470000011")
    mail = reached(cast, "Bob Deux", "email", "bob@example.org")
    tokens = {name: Token(0, number, 1) for number, name in enumerate((*ANSWERS, *HINTS))}
    canaries = {name: token.as_letters(SEED) for name, token in tokens.items()}
    browser = Client()

    hint_unasked(browser, canaries, sms, mail)
    notice = answer_request(browser, cast, canaries, sms, mail)

    assert NoticeAnswer.objects.filter(notice=notice).count() == 4
    assert (HelpCall.objects.count(), Acknowledgement.objects.count()) == (1, 1)
    assert list(Question.objects.values_list("to", flat=True)) == ["police"] * len(HINTS)
    officer = signed_in(cast.officer)
    answers, calls, hints = (
        officer.get(address).content.decode()
        for address in (
            reverse("notices:answers:listed", args=[notice.pk]),
            reverse("notices:answers:help_police"),
            reverse("sightings:questions:police"),
        )
    )
    assert [name for name in ANSWERS[:4] if canaries[name] not in answers] == []
    assert canaries["cry"] in calls
    assert [name for name in HINTS if canaries[name] not in hints] == []
    walks = [pages_of(signed_in(person)) for person in (cast.here.coordinator, cast.here.deputy)]
    outputs = [output for walk in walks for output in walk.items()]
    leaks = [
        (address, find_tokens_in_file_content(content, SEED))
        for address, content in [*outputs, *exports_of(cast).items()]
    ]
    letters = list(MessageText.objects.values_list("body", flat=True))
    journal = json.dumps([[entry.verb, entry.area, entry.details] for entry in Entry.objects.all()], default=str)
    assert [(address, found) for address, found in leaks if found & set(tokens.values())] == []
    assert {address[-4:] for address, _content in outputs} >= {".pdf"}
    for hers in ("Ann Un", CORE):  # a walk finds what is there: who calls for help, and the message
        assert any(hers in page.decode("utf-8", "replace") for page in walks[0].values())
    assert not any(word in place for word in canaries.values() for place in [*letters, journal, caplog.text])


def survey_code(cast: Cast) -> str:
    """The code of a home for a survey that runs today."""
    key = new_random_id()
    about = {"homes": 1, "opened_at": AT, "last_day": AT.date(), "questions": ["support"]}
    survey = Survey.objects.create(id=key, partnership=cast.here.partnership, **about)
    code = home_survey_code(key, "door")
    SurveyCode.objects.create(survey=survey, digest=survey_code_digest(code))
    return code


def test_no_page_but_a_report_takes_words_that_a_coordinator_reads(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """A plate and a hint in every field of the pages that are no letter: an evening, a survey, an answer while one asks
    to join, a note for callers, an opinion and an offer as a leader notes them, the same on the sheet of the evening,
    a party's statement by its link. Only the question is kept, which the police read first.
    """
    caplog.set_level(logging.DEBUG)
    neighbour = reached(cast, "Ann Un", "sms", "+32470000011").person
    outside = ("here", "name", "reach", "words", "survey", "enquiry", "call", "party", "question")
    names = (*outside, "opinion", "opinion name", "offer", "offer name", "offer reach", *SHEET_LINES)
    tokens = {name: Token(0, number, 1) for number, name in enumerate(names)}
    hints = {name: f"Le fils du 12, plaque 1-KAN-777, {token.as_letters(SEED)}" for name, token in tokens.items()}
    meeting, code = opened(cast.here.partnership), survey_code(cast)
    asking = Membership.objects.create(
        partnership=cast.here.partnership, person=person("Gina Trois"), state="pending", asked_at=AT
    )
    enquiry = enquiries.send_enquiry(membership=asking, words="Habitez-vous ici ?", by=cast.here.coordinator, at=AT)
    door, helper = f"/evening/p/{meeting.token}", {"name": "Eva", "reach": "eva@plp.test"}

    Client().post(f"{door}/here/", {"persons": "2", "name": hints["here"]})
    for field in ("name", "reach", "words"):
        Client().post(f"{door}/help/", {**helper, field: hints[field]})
    answered = Client().post("/survey/", {"code": code, "support": "yes", "remark": hints["survey"]})
    Client().post(f"/enrolment/answer/{enquiries.enquiry_answer_path(enquiry)}/", {"words": hints["enquiry"]})
    signed_in(neighbour).post("/m/settings/reading/", {"large_print": "on", "call_note": hints["call"]})
    leader, voices = signed_in(cast.here.coordinator), f"/evening/haren/{meeting.pk}/voices/"
    leader.post(voices, {"opinion": "1", "opinion-view": "agrees", "opinion-words": hints["opinion"]})
    leader.post(voices, {"opinion": "1", "opinion-view": "agrees", "opinion-about": hints["opinion"]})
    said = {"opinion": "1", "opinion-view": "agrees", "opinion-about": "costs", "opinion-name": hints["opinion name"]}
    leader.post(voices, said)
    helped = {"help-name": "Jan", "help-reach": "0470 00 00 00", "help-words": hints["offer"]}
    leader.post(voices, {"help": "1", **helped})
    for field in ("name", "reach"):
        leader.post(voices, {"help": "1", **helped, f"help-{field}": hints[f"offer {field}"]})
    sheet = typed(meeting) | vote("approval", 9, 0)
    for name, (kind, field, line) in SHEET_LINES.items():
        leader.post(f"/evening/haren/{meeting.pk}/sheet/", sheet | lines(kind, line | {field: hints[name]}))
    Partnership.objects.update(launched_at=None, state="creation")
    party = statement_link_secret(cast.here.partnership, "municipality")
    link = reverse("launch:groundwork:party_statements", args=["haren", "municipality", party])
    by_link = Client().post(link, {"motive": hints["party"], "municipality_motive": hints["party"]})
    Client().post("/questions/ask/haren/", {"kind": "opinion", "to": "coordinator", "words": hints["question"]})

    assert (answered.status_code, SurveyCount.objects.count(), by_link.status_code) == (302, 1, 200)
    offered = sorted(offer.name for offer in meeting.offers.all())
    assert (offered, meeting.opinions.count()) == (["Eva", "Jan"], 0)  # those whose words had no field
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    kept = "".join(str(getattr(row, field.attname)) for row in rows for field in row._meta.concrete_fields)
    assert [name for name, token in tokens.items() if token.as_letters(SEED) in kept + caplog.text] == ["question"]
    assert Question.objects.get().to == "police"


def test_a_token_is_found_in_every_form_in_which_a_list_leaves(cast: Cast) -> None:
    """The search above would find one: a neighbour's name is a token here."""
    token = Token(0, 7, 1)
    reached(cast, f"Zoé {token.as_letters(SEED)}", "sms", "+32470000021")
    contact(cast.here.coordinator, "sms", "+32470000031")  # somebody begins the call tree

    forms = exports_of(cast)

    without = [form for form, content in forms.items() if token not in find_tokens_in_file_content(content, SEED)]
    assert without == [LABELS]  # who has no address is on no label


def test_the_answers_of_a_message_are_no_page_of_a_coordinator(cast: Cast) -> None:
    notice = request_of_police(cast) if reached(cast, "Ann Un", "sms", "+32470000011") else None
    assert notice is not None

    statuses = [
        signed_in(person).get(reverse("notices:answers:listed", args=[notice.pk])).status_code
        for person in (cast.here.coordinator, cast.foreign_officer, cast.officer)
    ]

    assert statuses == [404, 404, 200]
