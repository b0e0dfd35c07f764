"""Who can sign in to the demonstration, a tour of it, and what landed in its outbox."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.delivery.installed import usable_channels
from plp.portal.shell.guards import public
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.demo import answers, records
from plp.portal.subjects.demo import tour as touring
from plp.portal.subjects.demo.forms import DemoAnswerForm

PAGE = 20


@public
def demo_sign_ins_page(request: HttpRequest) -> HttpResponse:
    """Every role with e-mail, password and the code of this moment."""
    return render(request, "demo/sign_ins.html", {"sign_ins": records.demo_sign_ins()})


@public
def demo_tour_page(request: HttpRequest) -> HttpResponse:
    """A task for each role, and which are done."""
    cards = touring.tour_cards()
    done = sum(card.is_done for card in cards)
    following = next((card for card in cards if not card.is_done), None)
    return render(request, "demo/tour.html", {"cards": cards, "done": done, "following": following})


@public
@require_POST
def tick_tour_stop(request: PortalRequest, key: str) -> HttpResponse:
    """Tick a stop that no data tells."""
    if key not in touring.BY_HAND:
        raise Http404
    touring.save_tour_stop_ticked(key)
    return redirect("demo:tour")


@public
@require_POST
def restart_tour(request: PortalRequest) -> HttpResponse:
    """Begin anew: what was done before counts no more."""
    touring.save_tour_progress(touring.TourProgress(since=request.at))
    return redirect("demo:tour")


@public
def demo_outbox_page(request: HttpRequest) -> HttpResponse:
    """Mail, SMS, letters and calls as their receivers would see them."""
    found = usable_channels()
    kind = request.GET.get("kind", "email")
    kind = kind if kind in found else "email"
    abilities = found[kind].abilities
    read = (
        records.letters_or_calls_and_their_number
        if abilities.by_hand or abilities.spoken
        else records.sent_mails_or_sms_and_their_number
    )
    _none, total = read(kind, 0, 0)
    page = Paginator(range(total), PAGE).get_page(request.GET.get("page"))
    pieces, _total = read(kind, max(page.start_index() - 1, 0), page.end_index())
    tabs = [(channel.label, f"{reverse('demo:outbox')}?kind={key}", key == kind) for key, channel in found.items()]
    shown = [(piece, _answer_form(number, kind, piece.to)) for number, piece in enumerate(pieces)]
    return render(request, "demo/outbox.html", {"shown": shown, "page": page, "tabs": tabs, "kind": kind})


def _answer_form(number: int, channel_key: str, to: str) -> DemoAnswerForm | None:
    """A form to answer a piece by, where the channel can be answered."""
    if channel_key not in settings.ANSWERED:
        return None
    return DemoAnswerForm(initial={"kind": channel_key, "to": to}, auto_id=f"answer-{number}-%s")


@public
@require_POST
def answer_as_receiver(request: PortalRequest) -> HttpResponse:
    """Answer a mail or an SMS as its receiver would; what becomes of it lands in the outbox too."""
    form = DemoAnswerForm(request.POST)
    outbox_page = f"{reverse('demo:outbox')}?kind={request.POST.get('kind', 'email')[:20]}"
    if not form.is_valid():
        raise InvalidForm(form, page=outbox_page)
    said = form.cleaned_data
    answers.act_on_demo_reply_as_on_real_one(said["kind"], said["to"], said["words"], at=request.at)
    return success(request, _("Answered. What is said back lands here in a moment: reload this page."), outbox_page)
