"""Who can sign in to the demonstration, and what landed in its outbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plp.delivery.installed import channels
from plp.portal.shell.guards import public
from plp.portal.subjects.demo import reading

PAGE = 20


@public
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Every role with e-mail, password and the code of this moment."""
    return render(request, "demo/sign_ins.html", {"sign_ins": reading.sign_ins()})


@public
def outbox(request: HttpRequest) -> HttpResponse:
    """Mail, SMS, letters and calls as their receivers would see them."""
    found = channels()
    kind = request.GET.get("kind", "email")
    kind = kind if kind in found else "email"
    read = reading.carried if found[kind].abilities.by_hand else reading.sent
    _none, total = read(kind, 0, 0)
    page = Paginator(range(total), PAGE).get_page(request.GET.get("page"))
    pieces, _total = read(kind, max(page.start_index() - 1, 0), page.end_index())
    tabs = [(channel.label, f"{reverse('demo:outbox')}?kind={key}", key == kind) for key, channel in found.items()]
    return render(request, "demo/outbox.html", {"pieces": pieces, "page": page, "tabs": tabs, "kind": kind})
