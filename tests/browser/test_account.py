"""The pages about one's own sign-in, in a real browser, and those by which two people give somebody a new start."""

from typing import Any

import pytest
from django.urls import reverse

from plp.accounts import address_changes, recoveries
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.test_people import enter
from tests.browser.test_shell import faults, small_targets
from tests.factories.cast import Cast
from tests.portal import signing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_pages_that_guard_a_sign_in_are_readable(
    monkeypatch: pytest.MonkeyPatch, open_page: Opened, live_server: Any, wide: bool
) -> None:
    monkeypatch.setattr(signing, "AT", clock.now())
    cast = Cast()
    account = signing.account_of(cast.here.coordinator)
    change = address_changes.request_address_change_by_mail(account, email="clara.new@plp.test", at=clock.now())
    mandate = cast.here.coordinator.mandates.get()
    recovery = recoveries.request_recovery_and_mail_holder(mandate, by=cast.officer, at=clock.now())
    visits = (
        (cast.here.coordinator, "/account/", "account"),
        (cast.here.coordinator, "/account/address/", "address"),
        (
            cast.here.coordinator,
            f"/account/prove-address/{address_changes.address_change_link_key(change, address_changes.PROVE)}/",
            "prove",
        ),
        (
            cast.here.coordinator,
            f"/account/cancel-address/{address_changes.address_change_link_key(change, address_changes.CANCEL)}/",
            "cancel",
        ),
        (cast.officer, reverse("mandates:start", args=[cast.here.partnership.key, mandate.pk]), "ask"),
        (cast.second_officer, reverse("mandates:answer_start", args=[recovery.pk]), "answer"),
    )

    for person, path, name in visits:
        page = open_page(wide=wide)
        enter(page, person, "de", live_server)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        picture(page, f"{name}-{'wide' if wide else 'narrow'}")
        assert overflow(page) == 0
        assert small_targets(page) == []
        if not wide:
            assert faults(page) == []
