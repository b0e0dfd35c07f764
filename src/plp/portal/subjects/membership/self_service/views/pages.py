"""What a member reads: the messages in order, and everything that is kept about them."""

import json

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import override

from plp.channels.webpush.keys import public_key
from plp.charter.queries import rules_to_be_accepted_by, when_rules_were_accepted
from plp.delivery.installed import channels, senders
from plp.mandates.queries import has_coordinator
from plp.membership.consent_labels import consent_label
from plp.membership.data_sheets import own_data_sheet_pdf
from plp.membership.models import Membership
from plp.membership.queries import open_memberships_of, open_or_left_memberships_of
from plp.membership.states import Belonging
from plp.notices.queries import notices_sent_to_member
from plp.notices.queries.answers import answer_links_of_person
from plp.people import contact_failures
from plp.people.queries import consent_history_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.personal_data import export_personal_data
from plp.portal.shell.reader_mark import pseudonym_of_reader
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.membership.self_service import device_copy, scope
from plp.portal.subjects.membership.self_service.deeds import recent_acts_of_others_for
from plp.portal.subjects.membership.self_service.notices import notice_for_reader

PER_PAGE = 10


@own_data
def message_list(request: PortalRequest) -> HttpResponse:
    """The messages of one's partnerships, newest first, in one's language or with a note that says why not."""
    person = member_or_staff_or_404(request)
    page = Paginator(notices_sent_to_member(person, at=request.at), PER_PAGE).get_page(request.GET.get("page"))
    links = answer_links_of_person(person, list(page))
    letters = [notice_for_reader(one, language=person.language, answer_link=links.get(one.pk, "")) for one in page]
    former = [] if letters else scope.former_memberships_if_only_member(request)
    rules = [(deed.partnership.key, deed.partnership.name(person.language)) for deed in rules_to_be_accepted_by(person)]
    context = {
        "former": former,
        "hides_easy_words": bool(former),
        "letters": letters,
        "list_page": page,
        "rules": rules,
        "reads_easy": any(one.easy for one in letters) and person.preference.easy_to_read,
        "mark": pseudonym_of_reader(request),
        "pushes": scope.is_push_enabled(),
    }
    own = scope.own_contact_hints(request, person)
    context |= {"failing": own.is_failing, "stops": [] if former else own.stops}
    context["push_key"] = public_key() if own.is_offered_push and not former else ""
    return render(request, "membership/self_service/messages.html", context)


@own_data
def offline_messages_json(request: PortalRequest) -> HttpResponse:
    """The last messages, for a member's device that keeps them; there are none for whoever signs in as staff."""
    if request.member is None or request.person is not None:
        raise Http404
    return JsonResponse(device_copy.offline_messages_and_numbers(request.member, at=request.at))


@own_data
def settings_page(request: PortalRequest) -> HttpResponse:
    """Everything one may see and change about oneself (R79)."""
    person, known = member_or_staff_or_404(request), channels()
    memberships = list(open_memberships_of(person))
    contacts = [
        (
            contact,
            known[contact.channel].label,
            contact.channel in senders() and not known[contact.channel].abilities.spoken,
            contact_failures.failure_text(contact),
            not known[contact.channel].abilities.precedes,  # removed, a refusal would be forgotten
        )
        for contact in person.contacts.order_by("rank", "created_at")
        if contact.channel in known
    ]
    links = [*scope.firm_links(person), *scope.time_links(person), *scope.preference_links(person)]
    former = [] if memberships else scope.former_memberships_if_only_member(request)
    context = {
        "former": former,
        "hides_easy_words": bool(former),
        "contacts": contacts,
        "is_written_to": bool(memberships) or request.member is None,
        "consents": [(given, consent_label(given)) for given in consent_history_of(person)],
        "rules_accepted": when_rules_were_accepted(person),
        "withdrawable": scope.FOLLOWS,
        "wishes": [scope.name_link(person), *([] if former else links)],
        "pushes": scope.is_push_enabled(),
        "memberships": [(membership, membership.partnership.name(person.language)) for membership in memberships],
        "awaiting": [one.partnership for one in memberships if _awaits_coordinator(one, request)],
        "has_sheet": bool(memberships) or open_or_left_memberships_of(person).exists(),
        "deeds": recent_acts_of_others_for(person, memberships, at=request.at),
    }
    return render(request, "membership/self_service/settings.html", context)


def _awaits_coordinator(membership: Membership, request: PortalRequest) -> bool:
    """Whether somebody asked to join where nobody can accept them yet."""
    area = membership.partnership.area
    return membership.state == Belonging.PENDING and not has_coordinator(area, at=request.at)


@own_data
def own_data_json_file(request: PortalRequest) -> HttpResponse:
    """All of it as a file (R79)."""
    content = json.dumps(export_personal_data(member_or_staff_or_404(request)), ensure_ascii=False, indent=2).encode()
    return download(content, name="my-data.json", content_type="application/json")


@own_data
def own_data_sheet_file(request: PortalRequest) -> HttpResponse:
    """What is kept, as a paper to read, in one's own language, with what nobody else may see (R79)."""
    person = member_or_staff_or_404(request)
    membership = open_memberships_of(person).first() or open_or_left_memberships_of(person).last()
    if membership is None:
        raise Http404
    with override(person.language):
        links = [*scope.firm_links(person), *scope.time_links(person), *scope.preference_links(person)]
        wishes = [(str(link.label), str(link.current) or "–") for link in links]
    accepted = when_rules_were_accepted(person)
    content = own_data_sheet_pdf(membership, wishes=wishes, rules_accepted=accepted, at=request.at)
    return download(content, name="my-data.pdf", content_type="application/pdf")
