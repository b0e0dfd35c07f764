"""The sentences and templates of a zone: what is in use, what waits, what other zones propose (ADR 61)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.compositions import stored_composition_or_none
from plp.notices.models import ZoneText
from plp.notices.queries.zone_texts import (
    languages_of_zone,
    zone_text_versions_of,
    zone_texts_awaiting_second_person,
    zone_texts_in_use,
    zone_texts_other_zones_propose,
    zone_texts_to_revise_or_adopt,
    zones_of_writer_or_releaser,
)
from plp.notices.refusals import WrongZoneText
from plp.places.models import Area
from plp.places.queries.territory import zone_path
from plp.portal.shell.choices import ChoicePage, redirect_to_only_zone_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.lists import permitted_notice_or_404
from plp.portal.subjects.notices.zone_texts.forms import ZoneSentenceForm, ZoneTemplateForm
from plp.portal.subjects.notices.zone_texts.rows import row_maker
from plp.toolbox.moves import Refused
from plp.wording.catalogue.own_sentences import slots_to_gaps
from plp.wording.catalogue.reader import situations

WRITE, READ = Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE
ZONES = ChoicePage(
    gettext_lazy("Sentences of the zone"),
    gettext_lazy("Which zone?"),
    gettext_lazy("You write for no zone"),
    gettext_lazy("A mandated officer of the zone writes them."),
    above=(gettext_lazy("Messages from the police"), "notices:desk:desk"),
)
ACTS = {
    "release": notices.release_zone_text_as_second_person,
    "propose": notices.propose_zone_text_to_other_zones,
    "withdraw": notices.withdraw_zone_text,
}


def _zone_or_404(request: StaffRequest, zone: UUID) -> Area:
    return get_object_or_404(zones_of_writer_or_releaser(request.person, at=request.at), pk=zone)


@needs(READ)
def zone_list(request: StaffRequest) -> HttpResponse:
    """The zones in which one writes; the only one at once."""
    return redirect_to_only_zone_or_list(
        request, ZONES, zones_of_writer_or_releaser(request.person, at=request.at), "notices:zone_texts:texts"
    )


@needs(READ)
def zone_texts(request: StaffRequest, zone: UUID) -> HttpResponse:
    """What waits for a second person, what is in use, and what other zones propose."""
    area, language = _zone_or_404(request, zone), get_language() or "fr"
    maker = row_maker(request.person, area, language, at=request.at)
    context = {
        "zone": area,
        "name": area.name(language),
        "may_write": maker.may_write,
        "waiting": [maker.row(text) for text in zone_texts_awaiting_second_person(area).select_related("zone")],
        "in_use": [maker.row(text) for text in zone_texts_in_use(area).select_related("zone")],
        "proposed": [maker.row(text) for text in zone_texts_other_zones_propose(area)],
    }
    return render(request, "notices/zone_texts.html", context)


@needs(WRITE)
def write_or_adopt_zone_sentence(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Write a sentence; with ``from``, the next version of one of the zone, or one of another zone to adopt."""
    area, language = _zone_or_404(request, zone), get_language() or "fr"
    origin = _original_text(request, area, ZoneText.Form.SENTENCE)
    form = ZoneSentenceForm(request.POST or None, languages=languages_of_zone(area), initial=_sentence_initial(origin))
    if form.is_valid():
        try:
            text = notices.save_zone_sentence_for_release(
                zone=area,
                situation=form.cleaned_data["situation"],
                texts=form.texts(),
                core=form.cleaned_data["core"],
                replaces=origin if origin and origin.zone_id == area.pk else None,
                adopts=origin if origin and origin.zone_id != area.pk else None,
                by=request.person,
                at=request.at,
            )
        except WrongZoneText as refusal:
            form.add_fault_errors(refusal.faults, language)
        else:
            return _redirect_to_zone_texts_after_save(request, text)
    return _zone_text_form_page(request, area, form, origin)


@needs(WRITE)
def save_or_adopt_zone_template(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Keep the sentences of a draft (``notice``) as a template, or adopt one of another zone (``from``)."""
    area, language = _zone_or_404(request, zone), get_language() or "fr"
    origin = _original_text(request, area, ZoneText.Form.TEMPLATE)
    situation, chosen, titles = _situation_keys_and_titles(request, origin)
    initial = {f"text-{code}": title for code, title in titles.items()}
    form = ZoneTemplateForm(request.POST or None, languages=languages_of_zone(area), initial=initial)
    if form.is_valid():
        try:
            text = notices.save_zone_template_for_release(
                zone=area,
                situation=situation,
                titles=form.typed_texts(),
                chosen=chosen,
                adopts=origin,
                by=request.person,
                at=request.at,
            )
        except WrongZoneText as refusal:
            form.add_fault_errors(refusal.faults, language)
        else:
            return _redirect_to_zone_texts_after_save(request, text)
    return _zone_text_form_page(request, area, form, origin)


@needs(WRITE)
def redirect_to_template_form(request: StaffRequest, key: UUID) -> HttpResponse:
    """From a draft to the page on which its sentences are kept as a template of its zone."""
    draft = permitted_notice_or_404(request, key, WRITE)
    area = get_object_or_404(Area, path=zone_path(draft.partnership.area.path))
    return redirect(f"{reverse('notices:zone_texts:template', args=[area.pk])}?notice={draft.pk}")


@needs(READ)
def release_propose_or_withdraw_text(request: StaffRequest, zone: UUID, key: UUID) -> HttpResponse:
    """Put a text into use, propose it to other zones, or take it out of use."""
    area = _zone_or_404(request, zone)
    text = get_object_or_404(zone_text_versions_of(area), pk=key)
    if request.method == "POST" and request.POST.get("act") in ACTS:
        try:
            ACTS[request.POST["act"]](text=text, by=request.person, at=request.at)
        except Refused as refusal:
            messages.error(request, refusal.in_words())
    return redirect("notices:zone_texts:texts", area.pk)


def _original_text(request: StaffRequest, zone: Area, form: str) -> ZoneText | None:
    """The text that is changed or adopted: of the zone, or proposed by another."""
    key = request.GET.get("from", "")
    if not key:
        return None
    rows = zone_texts_to_revise_or_adopt(zone).filter(form=form)
    return next((text for text in rows if str(text.pk) == key), None)


def _sentence_initial(origin: ZoneText | None) -> dict[str, Any]:
    if origin is None:
        return {}
    words = {f"text-{language}": slots_to_gaps(text, language) for language, text in origin.texts.items()}
    return {"situation": origin.situation, "core": origin.core, **words}


def _situation_keys_and_titles(request: StaffRequest, origin: ZoneText | None) -> tuple[str, list[str], dict[str, str]]:
    """Situation, keys of sentences and titles: of the template that is adopted, or of the draft."""
    if origin is not None:
        return origin.situation, list(origin.sentences), dict(origin.texts)
    try:
        notice = permitted_notice_or_404(request, UUID(request.GET.get("notice", "")), WRITE)
    except ValueError as no_key:
        raise Http404 from no_key
    composition = stored_composition_or_none(notice)
    if composition is None:
        raise Http404
    titles = composition.titles or situations()[composition.situation].titles
    return composition.situation, [choice.sentence for choice in composition.choices], dict(titles)


def _zone_text_form_page(
    request: StaffRequest, zone: Area, form: ZoneSentenceForm | ZoneTemplateForm, origin: ZoneText | None
) -> HttpResponse:
    context = {
        "form": form,
        "zone": zone,
        "name": zone.name(),
        "is_template": isinstance(form, ZoneTemplateForm),
        "adopts": origin is not None and origin.zone_id != zone.pk,
    }
    return render(request, "notices/zone_text_form.html", context)


def _redirect_to_zone_texts_after_save(request: StaffRequest, text: ZoneText) -> HttpResponse:
    in_use = _("It is in use now: you find it where messages are written.")
    return success(
        request,
        in_use if text.released_at else _("Kept. It is in use once a colleague has released it."),
        reverse("notices:zone_texts:texts", args=[text.zone_id]),
    )
