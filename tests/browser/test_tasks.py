"""Tasks of the founding text that no other walk does, on telephones: a request and its answer (S27), advice (S29), how
messages travelled (S31, S32), the register of services (S33), policy plans (S34), and the plan agreed anew (S24).
"""

import pytest
from django.urls import reverse

from plp.charter.queries import plan_in_force_now
from plp.followup.models import InformationRequest, PolicyPlan, Rating, ServiceContact
from plp.notices.queries.guidance import current_communication_plan_advice
from tests.browser.conftest import Opened
from tests.browser.test_exchange import enter
from tests.factories.cast import Cast
from tests.followup.stage import reachable
from tests.followup.together import relayed
from tests.portal.signing import stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = ["haren"]


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody; one message has travelled."""
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    relayed(cast)
    return cast


def test_a_request_is_answered_and_the_plan_agreed_anew(cast: Cast, open_page: Opened) -> None:
    """One of the slowest: two browsers, two languages."""
    coordinator = enter(open_page(language="nl", script=False), cast.here.coordinator, "nl")
    coordinator.go(reverse("followup:requests:ask", args=HERE))
    coordinator.send(subject="Cijfers", words="Hoeveel inbraken waren er in oktober?", due_on="2026-12-09")
    asked = InformationRequest.objects.get()
    officer = enter(open_page(language="fr", script=False), cast.officer, "fr")
    officer.go(reverse("followup:requests:police_one", args=[asked.pk]))
    officer.send(outcome="answer", words="Deux, en octobre.")
    coordinator.go(reverse("followup:requests:asked_one", args=[asked.pk]))
    assert "Deux, en octobre." in coordinator.page.content()

    coordinator.go(reverse("charter:plan", args=HERE))
    coordinator.press(f"form[action='{reverse('charter:plan_draft', args=HERE)}'] button")
    coordinator.go(reverse("charter:plan_edit", args=[*HERE, "newsletter"]))
    coordinator.send(answers_narrowed=True)
    for one in (coordinator, officer):
        one.go(reverse("charter:plan_agree", args=HERE))
        one.send()

    plan = plan_in_force_now(cast.here.partnership)
    assert plan is not None
    assert (plan.version, plan.rules.get(kind="newsletter").answers_narrowed) == (2, True)
    assert (coordinator.poor, officer.poor) == ([], [])


def test_an_officer_advises_rates_logs_and_links_a_policy_plan(cast: Cast, open_page: Opened) -> None:
    """One of the slowest: seven forms in a browser."""
    officer = enter(open_page(language="de", script=False), cast.officer, "de")
    officer.go(reverse("notices:guidance:advice", args=HERE))
    officer.send(words="Alarme nur nachts per Anruf.")
    officer.go(reverse("followup:waiting"))
    officer.press("main a[href*='/exchange/rate/']")
    officer.send(quality=4, timeliness=3, words="Schnell weitergegeben.")
    officer.go(reverse("followup:sum_up", args=HERE))
    officer.send(begins="2026-10-01", until="2026-11-25", quality=3, timeliness=4, words="Gute Wochen.")
    officer.go(reverse("followup:service_add"))
    officer.send(kind="federal", name="Dienst für Prävention", about="Rat zu Türen")
    officer.go(reverse("followup:services"))
    officer.press("main a[href*='/exchange/services/']:not([href$='/new/'])")
    officer.send(on="2026-11-24", subject="Vortrag", outcome="Im März")
    officer.go(reverse("followup:plan_add"))
    officer.send(kind="zonal", title="Zonaler Sicherheitsplan", begins="2026-01-01", partnerships="haren")

    assert len(current_communication_plan_advice(cast.here.partnership)) == 1
    assert Rating.objects.count() == 2
    assert ServiceContact.objects.get().subject == "Vortrag"
    assert [one.key for one in PolicyPlan.objects.get().partnerships.all()] == HERE
    assert officer.paper(reverse("followup:annex", args=["haren", "pdf"])).startswith(b"%PDF")
    assert officer.poor == []
