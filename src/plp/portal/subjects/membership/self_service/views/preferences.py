"""What a member wishes: language, address, hours, topics, a pause, a consent taken back. Each is one page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from plp.membership.consent_labels import consent_label
from plp.membership.house_moves import record_move_and_ask_to_join_there
from plp.people import actions as people
from plp.people import preferences
from plp.people.queries import consent_history_of, muted_topics, paused_until
from plp.portal.shell.forms import Form
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.home_form import HomeForm, add_house_move_message
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.membership.self_service import forms, preference_forms, scope
from plp.toolbox.clock import local

SETTINGS = "membership:self_service:settings"


def _preference_page(request: PortalRequest, form: Form, title: str, words: str = "", **more: Any) -> HttpResponse:
    """A page with the one form of a wish."""
    context = {"form": form, "title": title, "words": words, **more}
    return render(request, "membership/self_service/form.html", context)


@own_data
def update_name_and_language(request: PortalRequest) -> HttpResponse:
    """Correct one's name, choose one's language (R79)."""
    person, at = member_or_staff_or_404(request), request.at
    form = forms.NameAndLanguageForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method != "POST" or not form.is_valid():
        return _preference_page(request, form, _("Name and language"))
    if form.cleaned_data["name"] != person.name:
        people.rename_person(person=person, name=form.cleaned_data["name"], by=person, at=at)
    people.set_language(person=person, language=form.cleaned_data["language"], by=person, at=at)
    with translation.override(person.language):
        messages.success(request, _("Saved."))
    return redirect(SETTINGS)


@own_data
def edit_quiet_hours(request: PortalRequest) -> HttpResponse:
    """Quiet hours, and whether an alarm may break them (R115)."""
    person = member_or_staff_or_404(request)
    now = {name: getattr(person.preference, name) for name in forms.QuietHoursForm.base_fields}
    form = forms.QuietHoursForm(request.POST or None, initial=now)
    if request.method != "POST" or not form.is_valid():
        more = {"below": "membership/self_service/_firm_hours.html", "firms": scope.firm_links(person)}
        return _preference_page(request, form, _("Quiet hours"), _("In these hours messages wait."), **more)
    preferences.set_quiet_hours(person=person, by=person, at=request.at, **form.cleaned_data)
    return success(request, _("Saved."), SETTINGS)


@own_data
def edit_pause(request: PortalRequest) -> HttpResponse:
    """Pause until a day; nobody else learns of it (T14)."""
    person, at = member_or_staff_or_404(request), request.at
    paused = paused_until(person)
    form = forms.PauseForm(
        request.POST if request.method == "POST" else None,
        initial={"until": local(paused).date() if paused else None},
        at=at,
    )
    if request.method != "POST" or not form.is_valid():
        words = _(
            "E-mails and text messages wait. Letters and calls go on: a gap would show that you are away. "
            "Nobody else sees that you pause, not even your coordinator or the police."
        )
        return _preference_page(request, form, _("Pause"), words)
    preferences.set_pause(person=person, until=form.cleaned_data["until"], by=person, at=at)
    return success(request, _("Saved."), SETTINGS)


@own_data
def edit_topics(request: PortalRequest) -> HttpResponse:
    """Which kinds of message come; alarms always, unless nothing at all shall come (R115)."""
    person = member_or_staff_or_404(request)
    drills = person.preference.joins_drills
    form = preference_forms.WantedTopicsForm(request.POST or None, muted=muted_topics(person), drills=drills)
    if request.method == "POST" and form.is_valid():
        preferences.set_muted_topics(person=person, topics=form.muted(), by=person, at=request.at)
        preferences.set_drill_participation(person=person, joins=form.cleaned_data["drills"], by=person, at=request.at)
        return success(request, _("Saved."), SETTINGS)
    words = _(
        "You always receive alarms, missing-person messages and disaster warnings, and the follow-up to an alarm."
    )
    return _preference_page(request, form, _("What I receive"), words)


@own_data
def edit_digest(request: PortalRequest) -> HttpResponse:
    """At once, or together at an hour (R115)."""
    person = member_or_staff_or_404(request)
    now = {name: getattr(person.preference, name) for name in preference_forms.TogetherForm.base_fields}
    form = preference_forms.TogetherForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        hour, weekday = int(told["digest_hour"]), int(told["digest_weekday"])
        preferences.set_digest_schedule(
            person=person, digest=told["digest"], hour=hour, weekday=weekday, by=person, at=request.at
        )
        return success(request, _("Saved."), SETTINGS)
    words = _(
        "Several messages then come as one e-mail. An alarm never waits. Text messages and letters come as usual."
    )
    return _preference_page(request, form, _("One by one or in one e-mail"), words)


@own_data
def edit_reading_aids(request: PortalRequest) -> HttpResponse:
    """How letters look, and a word for whoever calls (R66)."""
    person = member_or_staff_or_404(request)
    form = preference_forms.ReadingAidsForm(request.POST or None, preference=person.preference)
    if request.method == "POST" and form.is_valid():
        preferences.set_reading_aids(person=person, by=person, at=request.at, **form.cleaned_data)
        return success(request, _("Saved."), SETTINGS)
    return _preference_page(request, form, _("Letters and calls"), below="shell/_emergency_in_writing.html")


@own_data
def change_home_address(request: PortalRequest) -> HttpResponse:
    """Correct one's street and house number, or move house (R79): the membership goes along within the zone."""
    person = member_or_staff_or_404(request)
    form = HomeForm(request.POST or None, person=person, municipalities=scope.nis_codes_around_own_quarters(person))
    if request.method == "POST" and form.is_valid() and form.home_street is not None:
        house = form.cleaned_data["house"]
        moved = record_move_and_ask_to_join_there(
            person=person, street=form.home_street, house=house, by=person, at=request.at
        )
        add_house_move_message(request, moved)
        return redirect(SETTINGS)
    words = _(
        "Are you moving within the police zone? Enter the new address, nothing else: everything goes along to the "
        "partnership of the new street. Do you get letters? Then also add the new address below “How we reach you”. "
        "Are you leaving the zone? Leave the partnership in your settings, and join that of your new street."
    )
    return _preference_page(request, form, _("My address"), words)


@own_data
def withdraw_one_consent(request: PortalRequest, key: UUID) -> HttpResponse:
    """Take back one consent; that of a channel stops the channel (R81)."""
    given = get_object_or_404(
        consent_history_of(member_or_staff_or_404(request)), pk=key, withdrawn_at=None, kind__in=scope.FOLLOWS
    )
    if request.method == "POST":
        scope.withdraw_consent_and_stop_contacts(member_or_staff_or_404(request), given, at=request.at)
        return success(request, _("Your consent is withdrawn."), SETTINGS)
    context = {
        "words": consent_label(given),
        "follows": scope.FOLLOWS[given.kind],
        "is_last": scope.is_only_sign_in_channel(request, given.subject),
    }
    return render(request, "membership/self_service/withdraw.html", context)
