"""The components, as template tags that need no ``{% load %}``. Each is drawn on the page ``/design/``."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as lucide_icon

from plp.delivery.installed import address_if_readable
from plp.delivery.phone_numbers import NUMBER, format_phone_number
from plp.documents.dates import date_format, duration_text_in_largest_unit
from plp.partnership.gates import PartnershipOver
from plp.people.models import ContactPoint
from plp.portal.shell import guards, offers
from plp.portal.shell.endings import has_page_subject_ended, is_address_shut_after_end
from plp.portal.shell.return_address import STANDS_ON, return_address
from plp.toolbox.words import colon as colon_in

register = template.Library()
register.filter("lasting", duration_text_in_largest_unit)
PARTS = "shell/components"
MEGABYTE = 1_000_000
MOST_TABS = 4  # side by side on a narrow page
BRACES = str.maketrans({"{": "{{", "}": "}}"})  # in a text that is to be filled
type Cells = Sequence[str]  # of a row, as they stand on the page
FAULT_MARKS = ('class="errorlist', 'class="summary" role="alert"')  # of a field, of a whole form
IN_FRONT = 2  # sections that stand in the menu of a narrow page beside "To do now" and "More"


@register.simple_tag
@cache
def icon(name: str, size: int = 24) -> SafeString:
    """A Lucide icon as inline SVG; decoration only, so hidden from screen readers."""
    attributes = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    return mark_safe(lucide_icon(str(name), size=size, **attributes))  # noqa: S308 - from the wheel, no user's word


@register.simple_tag(takes_context=True)
def form_token(context: template.Context) -> str:
    """``{% form_token %}``, and on which page the form stands: where its answer leads back to (``ways``)."""
    token, request = CsrfTokenNode().render(context), context.get("request")
    page = return_address(request) if token and request else ""
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, STANDS_ON, page) if page else token


def _form_token_context(context: template.Context) -> dict[str, Any]:
    """What a component needs whose form has ``{% form_token %}``."""
    return {"csrf_token": context.get("csrf_token"), "request": context.get("request")}


@register.simple_tag
def colon(after: Any = "") -> str:
    """A colon as the language of the page sets it; nothing ``after`` words that end in a mark of their own."""
    return "" if str(after).endswith((".", "?", "!", ":")) else colon_in(get_language())


@register.simple_tag
def card_rows(rows: Iterable[Cells], *labels: str) -> SafeString:
    """The rows of a long list that becomes cards on a telephone: the first cell heads its row, each other one carries
    its label. Written at once, where a template would write each cell by itself.
    """
    cells = "".join(f'<td data-label="{conditional_escape(label).translate(BRACES)}">{{}}</td>' for label in labels)
    form = f'<tr><th scope="row">{{}}</th>{cells}</tr>'
    return mark_safe("".join([form.format(*map(conditional_escape, row)) for row in rows]))  # noqa: S308 - escaped cell by cell


def row_head_link(url: str, title: str, beneath: str) -> SafeString:
    """What heads a row: the link that opens it, and a few words beneath."""
    return format_html('<a href="{}">{}</a><br><span class="small">{}</span>', url, title, beneath)


def row_open_link(url: str, word: str, name: str) -> SafeString:
    """The link that opens a row; who hears the page hears what it opens."""
    return format_html('<a href="{}">{}<span class="hidden-words"> {}</span></a>', url, word, name)


@register.filter(expects_localtime=True, is_safe=False)
def belgian_date(value: Any, form: str = "DATE_FORMAT") -> str:
    """A day or moment as Belgians write it (``documents.dates``); nothing where there is none."""
    return date_format(value, form) if value else ""


@register.filter
def contact_address(contact: ContactPoint) -> str:
    """The address of a contact as people may read it; nothing where a browser gave it."""
    return phone(address_if_readable(contact.channel, contact.address))


@register.filter
def phone(written: str) -> str:
    """A telephone number as Belgians write it, never broken over two lines; other words as they are."""
    return format_phone_number(written).replace(" ", "\N{NO-BREAK SPACE}") if NUMBER.fullmatch(written) else written


@register.filter
def own_language_first(texts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Texts by language as pairs, that of the reader in front of the others."""
    return sorted(texts.items(), key=lambda item: item[0] != get_language())


@register.filter
def breakable(written: str) -> SafeString:
    """An address that, where it must, breaks behind its @ and not within a word."""
    return format_html_join(mark_safe("@<wbr>"), "{}", ((part,) for part in written.split("@")))


@register.filter
def file_size(count: int) -> str:
    """How big a file of ``count`` bytes is: whole kilobytes, from a million on megabytes with one digit after them."""
    if count < MEGABYTE:
        return _("%s kB") % max(1, round(count / 1000))
    return _("%s MB") % number_format(round(count / MEGABYTE, 1), 1)


@register.inclusion_tag(f"{PARTS}/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    """The sections that the mandates of the signed-in person open: two in front, the others under "More".

    A section of a single page is named as that page.
    """
    request = context["request"]
    person = getattr(request, "person", None)
    offered = offers.menu_sections(request.permissions) if person else []
    pages = [(str(entry.url), section) for section, entries in offered for entry in entries]
    pages += [(section.url, section) for section, _entries in offered]
    _url, here = max(
        ((url, section) for url, section in pages if request.path.startswith(url)),
        key=lambda page: len(page[0]),
        default=("", None),
    )
    sections = [(entries[0] if len(entries) == 1 else section, section is here) for section, entries in offered]
    further = sections[IN_FRONT:]
    is_further = any(is_here for _door, is_here in further)
    shown = {"first": sections[:IN_FRONT], "further": further, "is_further": is_further}
    return {"person": person, "request": request, **shown}


@register.inclusion_tag(f"{PARTS}/demo.html")
def demonstration() -> dict[str, Any]:
    """The strip that says on every page that nothing here is real; nothing outside the demo."""
    return {"shown": settings.DEMO}


@register.inclusion_tag(f"{PARTS}/languages.html", takes_context=True)
def languages(context: dict[str, Any]) -> dict[str, Any]:
    """The language switch: four buttons of one form, which come back to the same page."""
    known = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
    request = context["request"]
    return {
        "known": known,
        "now": get_language(),
        "back": return_address(request),
        "csrf_token": context.get("csrf_token"),
        "kept_form": context.get("kept_form", ""),  # the form whose words a switch keeps (language_switch)
    }


@register.inclusion_tag(f"{PARTS}/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: dict[str, Any], *steps: Any) -> dict[str, Any]:
    """Where one is: ``{% breadcrumbs label url label url last_label %}``.

    A page that the reader may not open is left out; where nothing is left, the first page leads back.
    """
    *above, here = zip(steps[0::2], [*steps[1::2], ""], strict=False)
    known = [(label, url) for label, url in above if guards.may_open(context["request"], str(url))]
    if above and not known:
        known = [(_("To do now"), reverse("home:start"))]
    return {"steps": [*known, here]}


@register.inclusion_tag(f"{PARTS}/help.html", takes_context=True)
def help_here(context: dict[str, Any]) -> dict[str, Any]:
    """The quiet way to the guide that explains this page; nothing where none does, or where nothing can be done."""
    return {"url": "" if context.get("bare") else offers.guide_url_for_page(context["request"])}


@register.inclusion_tag(f"{PARTS}/task_list.html", takes_context=True)
def task_list(context: dict[str, Any], tasks: Sequence[offers.Task]) -> dict[str, Any]:
    """What waits, as a list of ``offers.Task``."""
    return {"tasks": tasks, "at": context["request"].at}


@register.simple_tag(takes_context=True)
def page_warning(context: template.Context) -> str:
    """What stands above a page beside its messages: that its partnership has ended, else what its view heeds."""
    over = str(PartnershipOver.sentence) if has_page_subject_ended(context.flatten()) else ""
    is_said = over and over in {str(context.get(name)) for name in ("ended", "advice")}
    return "" if is_said else over or getattr(context.get("request"), "page_warning", "")


@register.simple_block_tag(takes_context=True)
def unless_ended(context: template.Context, content: str) -> str:
    """What begins something new: nothing on a page whose partnership has ended (``endings``)."""
    return "" if has_page_subject_ended(context.flatten()) else content


@register.inclusion_tag(f"{PARTS}/button.html", takes_context=True)
def button(context: template.Context, label: Any, **given: Any) -> dict[str, Any]:
    """A button, or with ``href`` a link that looks like one; none to a page that an end has shut.

    ``kind``: "main" (one a page), "quiet" or "danger". Also ``icon``, ``name``, ``value``, ``form`` and ``type``.
    """
    is_shut = (
        "href" in given and is_address_shut_after_end(str(given["href"])) and has_page_subject_ended(context.flatten())
    )
    return {"label": label, "kind": "main", "type": "submit", "is_shut": is_shut, **given}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field with label, hint and error."""
    return bound.as_field_group()


@register.inclusion_tag(f"{PARTS}/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong in a form, above it, with a link to each field. Shows nothing when nothing is wrong.

    It takes the focus, without a script, so that whoever does not see the page hears it first.
    """
    fields = [bound for bound in form if bound.errors] if form.is_bound else []
    summary_label = getattr(form, "summary_label", "") if fields else ""
    return {
        "form": form,
        "fields": fields,
        "summary_label": summary_label,
        "focuses": getattr(form, "focuses_on_faults", True),
    }


@register.simple_tag
def state(label: Any, kind: str = "plain") -> SafeString:
    """A state in a coloured tag; the word says it, not the colour. ``kind``: "plain", "good", "busy", "warn", "bad"."""
    return format_html('<span class="state state-{}">{}</span>', kind, label)


@register.inclusion_tag(f"{PARTS}/figure.html")
def figure(number: Any, label: Any, kind: str = "plain", url: str = "") -> dict[str, Any]:
    """A big number and what it counts, with ``url`` a link to it. Put several in ``<div class="figures">``."""
    return {"number": number, "label": label, "kind": kind, "url": url}


@register.inclusion_tag(f"{PARTS}/search.html", takes_context=True)
def search(context: template.Context, url: str, label: Any, words: str = "") -> dict[str, Any]:
    """One field and one button, which send ``words`` as ``q`` to ``url``: by POST, for they may name somebody."""
    return {"url": url, "label": label, "words": words, **_form_token_context(context)}


@register.inclusion_tag(f"{PARTS}/progress.html")
def progress(done: int, total: int, label: Any, poll: str = "") -> dict[str, Any]:
    """A progress bar. ``poll``: address of a partial that replaces it every two seconds, while work goes on."""
    return {"done": done, "total": total, "label": label, "poll": poll if done < total else ""}


@register.inclusion_tag(f"{PARTS}/tabs.html")
def tabs(*pairs: Any, current: str = "") -> dict[str, Any]:
    """Links to sister pages: ``{% tabs label url label url current=request.path %}``.

    More than ``MOST_TABS`` become one line to unfold where the page is narrow.
    """
    steps = [(label, url, str(url) == current) for label, url in zip(pairs[0::2], pairs[1::2], strict=True)]
    return {"steps": steps, "folds": len(steps) > MOST_TABS}


@register.inclusion_tag(f"{PARTS}/bubble.html")
def bubble(text: str, **given: Any) -> dict[str, Any]:
    """A message as its receiver sees it. ``look``: "sms", "email"; also ``sender``, ``subject``, ``note``, ``lang``."""
    return {"text": text, "look": "sms", **given}


@register.inclusion_tag(f"{PARTS}/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Links to the previous and next page of a list; keeps the other parts of the query."""
    kept = {key: value for key, value in context["request"].GET.items() if key != "page"}
    return {"page": page, "kept": urlencode({**kept, "page": ""})}


def _render_block_tag(name: str, content: str, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"{PARTS}/{name}.html", {"content": content, **context}))  # noqa: S308 - rendered


@register.simple_block_tag
def capture(content: str) -> str:
    """What stands between, for later: ``{% capture as page_title %}``."""
    return content


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Any = "") -> SafeString:
    """A banner. ``kind``: "info", "good", "warn" or "bad"."""
    icons = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert"}
    return _render_block_tag("notice", content, kind=kind, title=title, icon_name=icons[kind])


@register.simple_block_tag
def details(content: str, summary: Any, is_open: bool = False) -> SafeString:
    """Something to unfold; works without JavaScript. What a form in it refused is never folded away."""
    is_wrong = any(mark in content for mark in FAULT_MARKS)
    return _render_block_tag("details", content, summary=summary, is_open=is_open or is_wrong)


@register.simple_block_tag
def confirmation(content: str, title: Any) -> SafeString:
    """The panel that says: it is done."""
    return _render_block_tag("confirmation", content, title=title)


@register.simple_block_tag
def empty(content: str, title: Any, icon_name: str = "leaf") -> SafeString:
    """Nothing here yet, and what to do next."""
    return _render_block_tag("empty", content, title=title, icon_name=icon_name)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """A list of ``{% moment %}``."""
    return mark_safe(f'<ol class="timeline" role="list">{content}</ol>')  # noqa: S308 - rendered


@register.simple_block_tag
def moment(content: str, at: Any, title: Any, kind: str = "plain") -> SafeString:
    """One moment of a timeline: ``at`` is an aware datetime."""
    return _render_block_tag("moment", content, at=at, title=title, kind=kind)


@register.simple_block_tag(takes_context=True)
def undo(context: template.Context, content: str, url: str) -> SafeString:
    """What was just done, with a button that takes it back: ``{% undo url %}``."""
    return _render_block_tag("undo", content, url=url, **_form_token_context(context))
