"""The charter and the internal rules as a whole: the list of clauses, versions, comparison, reading, paper."""

from datetime import datetime, time

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.charter.models import Deed, Party
from plp.charter.papers import charter_paper, rules_paper
from plp.charter.queries import clause_rows, deed_in_force, deed_in_preparation_or_signed, party_represented_by
from plp.charter.queries import deed_versions as versions_of
from plp.documents import document_html, titles_and_html_of_sections
from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.downloads import document_response
from plp.portal.subjects.charter.forms import CircularForm, OnDateForm
from plp.portal.subjects.charter.presentation import compare_texts, is_text_editable, parse_iso_date_or_none
from plp.portal.subjects.charter.scope import (
    latest_deed_or_404,
    reading_language,
    version_or_404,
    writable_partnership_or_404,
)
from plp.portal.subjects.charter.untranslated import missing_translation_rows
from plp.toolbox.clock import BRUSSELS

WRITE = Permission.CHARTER_WRITE
PAPERS = {Deed.Kind.CHARTER: charter_paper, Deed.Kind.RULES: rules_paper}


@needs(WRITE)
def clause_list(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """The clauses with who agreed to each; before the first version: how to begin."""
    partnership = writable_partnership_or_404(request, key)
    if kind not in Deed.Kind.values:
        raise Http404
    deed = deed_in_preparation_or_signed(partnership, kind)
    language = reading_language(request, deed.languages if deed else partnership.languages)
    rows = clause_rows(deed, language) if deed else []
    party = party_represented_by(request.person, partnership, at=request.at)
    context = {
        "partnership": partnership,
        "kind": kind,
        "label": Deed.Kind(kind).label,
        "deed": deed,
        "rows": rows,
        "language": language,
        "can_edit": deed is not None and is_text_editable(deed),
        "can_agree": deed is not None and is_text_editable(deed) and any(party not in row.agreed for row in rows),
        "may_manage": kind == Deed.Kind.RULES and Permission.MEMBERS_MANAGE in request.permissions,
        "open": sum(not row.is_agreed for row in rows),
    }
    return render(request, "charter/text.html", context)


@needs(WRITE)
@require_POST
def begin_next_or_missing_versions(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Begin a next version; or the first version of every text that has none, for they are written together."""
    if kind not in Deed.Kind.values:
        raise Http404
    partnership = writable_partnership_or_404(request, key)
    unwritten = [other for other in Deed.Kind.values if deed_in_preparation_or_signed(partnership, other) is None]
    with transaction.atomic():
        for text_kind in unwritten if kind in unwritten else [kind]:
            charter.draft_next_deed_version(partnership=partnership, kind=text_kind, by=request.person, at=request.at)
    return success(request, _("A new version is open. Change its clauses, then agree."), "charter:text", key, kind)


@needs(WRITE)
def agree_to_all_clauses(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Read every clause once more on one page, then agree to all for one's side: of this text, and of the other one
    if it waits for the same side.
    """
    deed = latest_deed_or_404(request, key, kind)
    party = party_represented_by(request.person, deed.partnership, at=request.at)
    if request.method == "POST":
        answered = [deed] if request.POST.get("only") else [deed, *_other_deeds_waiting_for(deed, party)]
        with transaction.atomic():
            for agreed in answered:
                seen = _posted_revisions(request, agreed)
                charter.agree_to_all_clauses(deed=agreed, seen=seen, by=request.person, at=request.at)
        return success(request, _("Your side agrees to every clause."), "charter:text", key, kind)
    texts, untranslated = [], []
    for waiting in [deed, *_other_deeds_waiting_for(deed, party)]:
        language = reading_language(request, waiting.languages)
        page = document_html(PAPERS[Deed.Kind(waiting.kind)](waiting, language))
        texts.append({"deed": waiting, "page": page, "rows": clause_rows(waiting, language)})
        untranslated += missing_translation_rows(waiting, request) if waiting.kind == Deed.Kind.CHARTER else []
    context = {
        "partnership": deed.partnership,
        "kind": kind,
        "deed": deed,
        "texts": texts,
        "party": party,
        "untranslated": untranslated,
    }
    return render(request, "charter/agree_all.html", context)


def _other_deeds_waiting_for(deed: Deed, party: Party | None) -> list[Deed]:
    """The newest other text of the partnership, if words of it wait for the agreement of this side."""
    others = [deed_in_preparation_or_signed(deed.partnership, kind) for kind in Deed.Kind.values if kind != deed.kind]
    return [
        other
        for other in others
        if other is not None
        and is_text_editable(other)
        and any(party not in row.agreed for row in clause_rows(other, other.languages[0]))
    ]


def _posted_revisions(request: StaffRequest, deed: Deed) -> dict[str, int]:
    """Which revision of each clause the page showed: clause -> number."""
    prefix = f"seen-{deed.kind}-"
    posted = {name.removeprefix(prefix): request.POST.get(name, "") for name in request.POST if name.startswith(prefix)}
    return {clause_key: int(value) for clause_key, value in posted.items() if value.isdecimal() and len(value) < 9}


@needs(WRITE)
def choose_circular(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Say under which circular this version is made."""
    deed = latest_deed_or_404(request, key, kind)
    form = CircularForm(request.POST or None, initial={"circular_on": deed.circular_on})
    if request.method == "POST" and form.is_valid():
        charter.set_circular_date_and_clauses(deed=deed, by=request.person, at=request.at, **form.cleaned_data)
        return success(
            request,
            _("Noted. The clauses say this date too. Each partner agrees to them anew."),
            "charter:text",
            key,
            kind,
        )
    return render(request, "charter/circular.html", {"form": form, "partnership": deed.partnership, "kind": kind})


@needs(WRITE)
def version_list(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Every version with its dates, and the one that was in force on a day (R103)."""
    partnership = writable_partnership_or_404(request, key)
    if kind not in Deed.Kind.values:
        raise Http404
    day = parse_iso_date_or_none(request.GET.get("on"))
    moment = datetime.combine(day, time(23, 59, 59), tzinfo=BRUSSELS) if day else None
    context = {
        "partnership": partnership,
        "kind": kind,
        "label": Deed.Kind(kind).label,
        "versions": versions_of(partnership, kind),
        "form": OnDateForm(request.GET or None),
        "day": day,
        "held": deed_in_force(partnership, kind, on=moment) if moment else None,
    }
    return render(request, "charter/versions.html", context)


@needs(WRITE)
def compare_versions(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Two versions clause by clause: what went, what came."""
    partnership = writable_partnership_or_404(request, key)
    if kind not in Deed.Kind.values:
        raise Http404
    found = {str(one.version): one for one in versions_of(partnership, kind)}
    newest = next(iter(found.values()), None)
    new = found.get(request.GET.get("new", ""), newest)
    if new is None:
        raise Http404
    old = found.get(request.GET.get("old", ""), found.get(str(new.version - 1), new))
    language = reading_language(request, new.languages)
    context = {
        "partnership": partnership,
        "kind": kind,
        "versions": list(found.values()),
        "old": old,
        "new": new,
        "rows": compare_texts(_circular_and_clause_texts(old, language), _circular_and_clause_texts(new, language)),
    }
    return render(request, "charter/compare.html", context)


def _circular_and_clause_texts(deed: Deed, language: str) -> dict[str, tuple[str, str]]:
    """The circular it was made under, then title and text of each clause."""
    with override(language):
        circular = _("Ministerial circular"), date_format(deed.circular_on, "DATE_FORMAT")
    rows = clause_rows(deed, language)
    return {"circular": circular, **{row.clause.key: (row.title, row.clause.texts.get(language, "")) for row in rows}}


@needs(WRITE)
def read_version(request: StaffRequest, key: str, kind: str, version: int) -> HttpResponse:
    """One version from beginning to end, with its annexes."""
    deed = version_or_404(request, key, kind, version)
    language = reading_language(request, deed.languages)
    (_untitled, beginning), *sections = titles_and_html_of_sections(PAPERS[Deed.Kind(kind)](deed, language))
    context = {"partnership": deed.partnership, "kind": kind, "deed": deed, "language": language}
    context |= {"beginning": beginning, "sections": sections}
    return render(request, "charter/read.html", context)


@needs(WRITE)
def version_file(request: StaffRequest, key: str, kind: str, version: int, form: str) -> HttpResponse:
    """One version as PDF or DOCX."""
    deed = version_or_404(request, key, kind, version)
    document = PAPERS[Deed.Kind(kind)](deed, reading_language(request, deed.languages))
    return document_response(request, document, name=f"{kind}-{key}-{version}", form=form)
