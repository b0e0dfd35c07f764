"""What a member wishes: language, quiet hours, a pause, a consent taken back. Each is one POST."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from plp.people import actions as people
from plp.people import wishes
from plp.people.queries import consents_of
from plp.portal.shell.guards import own_data
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.members import forms, own


@own_data
def about(request: PortalRequest) -> HttpResponse:
    """Correct one's name, choose one's language (R79)."""
    person, at = own.me(request), request.at
    form = forms.AboutForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["name"] != person.name:
            people.rename(person=person, name=form.cleaned_data["name"], by=person, at=at)
        people.set_language(person=person, language=form.cleaned_data["language"], by=person, at=at)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("members:settings")
    return render(request, "members/form.html", {"form": form, "title": _("Name and language")})


@own_data
def quiet(request: PortalRequest) -> HttpResponse:
    """Quiet hours, and whether an alarm may break them (R115)."""
    person = own.me(request)
    form = forms.QuietForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wishes.set_quiet(person=person, by=person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("members:settings")
    return render(request, "members/form.html", {"form": form, "title": _("Quiet hours")})


@own_data
def pause(request: PortalRequest) -> HttpResponse:
    """Pause until a day; nobody else learns of it (T14)."""
    person, at = own.me(request), request.at
    form = forms.PauseForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        wishes.pause(person=person, until=form.cleaned_data["until"], by=person, at=at)
        messages.success(request, _("Saved."))
        return redirect("members:settings")
    return render(request, "members/form.html", {"form": form, "title": _("Pause")})


@own_data
def withdraw(request: PortalRequest, key: UUID) -> HttpResponse:
    """Take back one consent; that of a channel stops the channel (R81)."""
    given = get_object_or_404(consents_of(own.me(request)), pk=key, withdrawn_at=None)
    if request.method == "POST":
        own.withdraw(own.me(request), given, at=request.at)
        messages.success(request, _("Your consent is withdrawn."))
        return redirect("members:settings")
    return render(request, "members/withdraw.html", {"given": given, "words": own.words_of(given)})
