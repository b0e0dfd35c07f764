"""From a link on the terminal to the first chief of corps and a message to oneself."""

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.accounts import installation
from plp.accounts.setup_links import setup_key
from plp.mandates.grants import Permission, Role
from plp.membership import trial_messages
from plp.portal.shell.guards import freshly_proven, needs, public
from plp.portal.shell.limits import TooOften, count_if_under_limit
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.setup.forms import FirstAdministratorForm, FirstHolderForm, TestMessageForm
from plp.portal.subjects.setup.steps import can_be_tested, setup_steps, test_title_text_and_button

EXAMINED, A_DAY = "setup.amiss", 24 * 3600  # under what name, and how many seconds, what doctor found is kept


@public
def become_administrator(request: PortalRequest, key: str) -> HttpResponse:
    """Become the first administrator, by the link on the terminal; then choose a password."""
    installation.require_setup_key_and_nobody_appointed(key)
    form = FirstAdministratorForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        account = installation.appoint_and_invite_first_administrator(key=key, at=request.at, **form.cleaned_data)
        return redirect("account_set_up", setup_key(account))
    return render(request, "setup/begin.html", {"form": form})


@needs(Permission.PLATFORM_RUN)
def setup_overview(request: StaffRequest) -> HttpResponse:
    """What is done and what is left; looks again by itself while a test is on its way."""
    own = setup_steps(request.person)
    context = {
        "steps": own,
        "done": sum(step.done for step in own),
        "is_open": any(step.expects_news(request.at) for step in own),
        "is_ready": all(step.done for step in own if step.must),
    }
    return render(request, "setup/overview.html", context)


@needs(Permission.PLATFORM_RUN)
@freshly_proven
def name_first_holder(request: StaffRequest, role: str) -> HttpResponse:
    """Name the first chief of corps, or the first municipality."""
    if role not in installation.FIRST_ROLES:
        raise Http404
    office = Role(role)
    form = FirstHolderForm(request.POST or None, role=office, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = given.pop("place")
        installation.appoint_and_invite_first_holder(role=office, area=place, by=request.person, at=request.at, **given)
        told = {"role": office.label, "area": place.name(get_language() or "")}
        return success(request, _("A link is on its way to them: %(role)s, %(area)s.") % told, "setup:overview")
    return render(request, "setup/name.html", {"form": form, "role": office})


@needs(Permission.PLATFORM_RUN)
def send_test_message(request: StaffRequest, channel: str) -> HttpResponse:
    """Send oneself a message, and see on the overview what became of it."""
    if not can_be_tested(channel):
        raise Http404
    own = {"address": request.person.account.email} if channel == "email" else {}
    form = TestMessageForm(request.POST or None, channel=channel, initial=own)
    if request.method == "POST" and form.is_valid():
        if not count_if_under_limit("test.person", request.person.pk.hex):
            raise TooOften
        trial_messages.send_installation_test(
            channel=channel, address=form.cleaned_data["address"], by=request.person, at=request.at
        )
        return redirect("setup:overview")
    title, text, action = test_title_text_and_button(channel)
    return render(request, "setup/test.html", {"form": form, "title": title, "text": text, "action": action})


@needs(Permission.PLATFORM_RUN)
def show_or_rerun_diagnostics(request: StaffRequest) -> HttpResponse:
    """What ./plp doctor found when somebody last asked, with what to do about it: it reads the whole journal."""
    kept_as = f"{EXAMINED}.{get_language()}"
    if request.method == "POST":
        diagnoses = import_string(settings.EXAMINATION)()
        amiss = [  # plain words, which the next version can read
            {"title": each.title, "state": each.state, "advice": each.advice} for each in diagnoses if not each.is_well
        ]
        cache.set(kept_as, (request.at, amiss, len(diagnoses) - len(amiss)), A_DAY)
        return redirect("setup:machine")
    looked_at, amiss, well = cache.get(kept_as, (None, [], 0))
    context = {"looked_at": looked_at, "amiss": amiss, "well": well}
    return render(request, "setup/machine.html", context)
