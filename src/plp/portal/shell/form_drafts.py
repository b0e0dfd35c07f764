"""Nothing typed is lost: the draft of a form, drawn into it, kept, and dropped once the form went through.

A template wraps what stands between ``<form>`` and ``</form>`` in ``{% drafted form %} … {% enddrafted %}``; several
forms or a formset may be named. That is all: the block fills in what was kept, says so, keeps on while one types (with
JavaScript), and shows the button "Save for later" (without). For whoever is not signed in it draws its content alone
(ADR 0013).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import template
from django.core.cache import cache
from django.forms import BaseForm, BooleanField, ChoiceField, FileField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string

from plp.drafts import actions as drafts
from plp.drafts.models import Draft
from plp.drafts.queries import drafts_of
from plp.drafts.rules import Typed, parse_draft_values
from plp.people.models import Person
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import STANDS_ON, own_path_or_empty
from plp.toolbox.crypto import digest

register = template.Library()
PAGE = "draft"  # the field that says which form was sent
LATE = 600  # seconds after which no page still keeps what it sent
KEEPER = "shell:keep_draft"  # sees to the draft itself
NEVER = {"csrfmiddlewaretoken", STANDS_ON, PAGE}
CHOSEN = (ChoiceField, BooleanField, FileField)  # fields into which nobody types
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def draft_owner(request: PortalRequest) -> Person | None:
    """Whose drafts these are: staff, else a member who opened their settings, else nobody."""
    return request.person or request.member


def typed_values_for_draft(posted: QueryDict) -> Typed:
    """What somebody typed, without what the page added. Files are never kept."""
    return {name: values for name, values in posted.lists() if name not in NEVER}


def page_address_of_draft(draft_name: str) -> str:
    """The address of the page on which the form of the draft ``page`` stands; the first page for anything odd."""
    return own_path_or_empty(draft_name.partition("#")[0]) or "/"


def drafts_of_page(request: PortalRequest, person: Person) -> dict[str, Draft]:
    """The drafts of every form of this page by their names: one query a page."""
    known: dict[str, Draft] | None = getattr(request, "drafts", None)
    if known is None:
        found = drafts_of(person, at=request.at).filter(page__startswith=f"{request.path}#")
        known = {draft.page: draft for draft in found}
        request.drafts = known  # type: ignore[attr-defined]
    return known


def _sent_cache_key(request: PortalRequest) -> str:
    """Under what a form that went through is remembered: each drawing of it has a token of its own."""
    return f"sent.{digest(request.POST.get('csrfmiddlewaretoken', ''), purpose='sent')}"


def was_form_sent_before(request: PortalRequest) -> bool:
    """Whether this form was sent before: what the page kept while it left comes too late."""
    return "csrfmiddlewaretoken" in request.POST and cache.get(_sent_cache_key(request)) is not None


class DraftMiddleware:
    """Drops the draft of a form that went through; keeps what was typed in one that did not.

    Gone through is what answers with a redirect to another page of the work; a page in between (the second factor,
    ``asks_first``), a refusal and a form with errors keep the draft. A request without its token is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Answer first, then see to the draft."""
        answer = self.get_response(request)
        if request.method == "POST" and request.content_type in FORMS and answer.status_code in {200, 302, 409}:
            person = draft_owner(request)
            page = request.POST.get(PAGE, "") if person else ""
            if person and page:
                self._delete_or_save_draft(request, answer, page, person)
        return answer

    def _delete_or_save_draft(self, request: PortalRequest, answer: HttpResponse, page: str, person: Person) -> None:
        is_through = answer.status_code == 302 or "HX-Redirect" in answer.headers
        if request.resolver_match is not None and request.resolver_match.view_name == KEEPER:
            return
        if is_through and not getattr(answer, "asks_first", False):
            cache.set(_sent_cache_key(request), True, LATE)
            drafts.delete_draft(page=page, by=person, at=request.at)
        else:
            drafts.save_draft(page=page, typed=typed_values_for_draft(request.POST), by=person, at=request.at)


@register.tag
def drafted(parser: Parser, token: Token) -> "DraftedNode":
    """``{% drafted form %} … {% enddrafted %}`` around the fields and buttons of a form.

    ``quietly`` as the last word leaves the button out: where the form has one of its own that saves what is unfinished,
    and beside a button that ends something. A form in which one only chooses has no such button either.
    """
    names = token.split_contents()[1:]
    is_quiet = names[-1:] == ["quietly"]
    names = names[:-1] if is_quiet else names
    if not names:
        raise template.TemplateSyntaxError("drafted: name the form whose draft is kept")
    content = parser.parse(("enddrafted",))
    parser.delete_first_token()
    return DraftedNode(names[0], [parser.compile_filter(name) for name in names], content, is_quiet=is_quiet)


class DraftedNode(template.Node):
    """Draws the content with what was kept, the notice above it and the button below."""

    def __init__(self, name: str, forms: list[FilterExpression], nodelist: NodeList, *, is_quiet: bool) -> None:
        self.name, self.forms, self.nodelist, self.is_quiet = name, forms, nodelist, is_quiet

    def render(self, context: template.Context) -> str:
        """The content alone for whoever is not signed in."""
        request: PortalRequest = context["request"]
        person = draft_owner(request)
        if person is None:
            return self.nodelist.render(context)
        page = self._draft_name(request)
        kept = drafts_of_page(request, person).get(page) if request.method == "GET" else None
        forms = list(_flatten_forms(form.resolve(context) for form in self.forms))
        if kept is not None:
            for form in forms:
                set_initial_from_draft(form, parse_draft_values(kept.typed))
        told = {
            "page": page,
            "kept": kept,
            "content": self.nodelist.render(context),
            "is_quiet": self.is_quiet or not any(map(has_text_fields, forms)),
            "loses_files": any(form.is_multipart() for form in forms),
        }
        return render_to_string("shell/components/drafted.html", told)

    def _draft_name(self, request: PortalRequest) -> str:
        """The name of the draft: a form shown again by another address keeps the name that it was sent with."""
        sent = request.POST.get(PAGE, "") if request.method == "POST" else ""
        return sent if sent.endswith(f"#{self.name}") else f"{request.path}#{self.name}"


def _flatten_forms(forms: Iterable[Any]) -> Iterator[BaseForm]:
    """Forms, lists of forms and formsets, as forms."""
    for one in forms:
        if isinstance(one, BaseForm):
            yield one
        else:
            yield from one.forms if isinstance(one, BaseFormSet) else one


def has_text_fields(form: BaseForm) -> bool:
    """Whether something is typed into a form, and not only chosen: then it is worth a button that keeps it."""
    return any(not isinstance(field, CHOSEN) for field in form.fields.values() if not field.widget.is_hidden)


def set_initial_from_draft(form: BaseForm, typed: Typed) -> None:
    """Let a form begin with what was typed. What has been sent, and is shown with its errors, stays as it is."""
    if form.is_bound:
        return
    sent = QueryDict(mutable=True)
    for name, values in typed.items():
        sent.setlist(name, list(values))
    for name, field in form.fields.items():
        named, widget = form.add_prefix(name), field.widget
        if not widget.needs_multipart_form and not widget.value_omitted_from_data(sent, {}, named):
            form.initial[name] = widget.value_from_datadict(sent, {}, named)
