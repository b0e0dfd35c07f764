"""The newsletter in five rubrics (R143)."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.followup.actions import newsletters
from plp.followup.queries.newsletter import draft_newsletter_texts, last_newsletter_time
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.newsletter import NewsletterForm
from plp.portal.subjects.followup.scope import language, partnership_or_404

QUARTER = timedelta(days=91)


@needs(Permission.NOTICE_WRITE)
def compose_newsletter(request: StaffRequest, key: str) -> HttpResponse:
    """Fill in the rubrics; they become a draft, which a second person releases."""
    found = partnership_or_404(request, key, Permission.NOTICE_WRITE)
    since = last_newsletter_time(found) or request.at - QUARTER
    form = NewsletterForm(request.POST or None, proposals=draft_newsletter_texts(found, since=since, at=request.at))
    if request.method == "POST" and form.is_valid():
        issues = form.texts_by_language()
        notice = newsletters.draft_newsletter(partnership=found, issues=issues, by=request.person, at=request.at)
        return success(
            request, _("The draft is ready. Read it, then offer it for release."), "notices:write:edit", notice.pk
        )
    context = {"form": form, "partnership": found, "name": found.name(language()), "since": since}
    return render(request, "followup/newsletter.html", context)
