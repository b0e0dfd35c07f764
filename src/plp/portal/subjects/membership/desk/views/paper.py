"""The pages for a day without network, printed today: who calls whom, and a round for each street (R118)."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.membership.paper_trees import call_tree, call_tree_pdf
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell import limits
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership.desk import members
from plp.toolbox.texts import OFFICIAL_LANGUAGES

MANAGE = Permission.MEMBERS_MANAGE


@needs(MANAGE)
def call_trees_overview(request: StaffRequest) -> HttpResponse:
    """What the pages are for and how many they hold; names are shown on paper alone."""
    language = get_language() or "fr"
    trees = []
    for partnership in partnerships_in_scope(request.person, MANAGE, at=request.at).select_related("area"):
        tree = call_tree(partnership, language, at=request.at)
        called = sum(len(branch.calls) for branch in tree.branches)
        languages = [spoken for spoken in partnership.languages if spoken in OFFICIAL_LANGUAGES]
        trees.append((partnership, partnership.name(language), tree, called, languages))
    return render(request, "membership/desk/paper.html", {"trees": trees})


@needs(MANAGE)
@freshly_proven
def call_tree_file(request: StaffRequest, key: str, language: str) -> HttpResponse:
    """The pages of one partnership as PDF. That they were taken is noted, as every look at the list."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, MANAGE, at=request.at), key=key)
    if language not in OFFICIAL_LANGUAGES:
        raise Http404
    with transaction.atomic():
        if not limits.count_if_under_limit("members.person", str(request.person.pk)):
            raise limits.TooOften
        members.note_members_viewed([partnership], "paper", by=request.person, at=request.at)
    content = call_tree_pdf(partnership, language, at=request.at)
    return download(content, name=f"plp-{key}-{language}.pdf", content_type="application/pdf")
