"""A citizen's report goes to the police's own system by a signed call: whole, once, and through nobody else's hands."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.urls import reverse

from plp.connections import webhook_calls
from plp.connections.models import Call, Receiver
from plp.connections.queries import REPORTS, non_report_receivers_in_scope
from plp.connections.refusals import NoScopeChosen
from plp.connections.states import Event
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.ops.webhooks import WebhookCall, post_webhook_call
from plp.sightings.actions import sightings
from tests.connections.test_telling import Heard, program
from tests.factories.cast import NOW, Cast, hold, person
from tests.portal.signing import signed_in, stop_clock
from tests.sightings.stage import PLATE, sighting
from tests.sightings.test_report_files import JUDGE

__all__ = ["program"]
pytestmark = pytest.mark.django_db


def register(cast: Cast, address: str, **changes: object) -> tuple[Receiver, str]:
    """The system of the zone, by its officer."""
    given = {"label": "Zone", "address": address, "area": cast.zone, "events": REPORTS, "by": cast.officer} | changes
    return webhook_calls.create_receiver(**given, at=NOW)  # type: ignore[arg-type]


def test_a_report_arrives_whole_and_signed_and_a_second_try_is_known_by_its_id(program: str) -> None:
    cast = Cast()
    _receiver, secret = register(cast, program)
    report = sighting()
    type(report.municipality).objects.filter(pk=report.municipality.pk).update(nis="21004")

    queued = [
        webhook_calls.queue_calls_for_journal_entries(at=NOW),
        webhook_calls.queue_calls_for_journal_entries(at=NOW),
    ]
    for minutes in (0, 2):
        (call,) = webhook_calls.lease_due_webhook_calls(at=NOW + timedelta(minutes=minutes))
        assert post_webhook_call(WebhookCall(call, NOW + timedelta(minutes=minutes))).status == 200

    (headers, body), (again, body_again) = Heard.kept
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    told = json.loads(body)
    assert queued == [1, 0]
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
    assert (again["webhook-id"], body_again) == (headers["webhook-id"], body)
    assert told["type"] == "report.filed"
    assert told["data"]["report"]["facts"]["plate"] == PLATE
    assert [error.message for error in JUDGE.iter_errors(told["data"]["report"])] == []
    assert PLATE not in Call.objects.get().body


def test_an_erased_report_is_left_out_of_a_late_call(program: str) -> None:
    register(Cast(), program)
    sighting()
    webhook_calls.queue_calls_for_journal_entries(at=NOW)
    sightings.erase_old_sightings(by=None, at=NOW + timedelta(days=366))

    (call,) = webhook_calls.lease_due_webhook_calls(at=NOW + timedelta(days=366))

    assert "report" not in json.loads(WebhookCall(call, NOW).body)["data"]


def test_only_the_police_set_it_up_and_it_hears_nothing_else(program: str) -> None:
    cast = Cast()
    administrator = person("Ada Beheer")
    hold(administrator, Role.ADMINISTRATOR, cast.zone)
    receiver, _secret = register(cast, program)

    for other in (administrator, cast.chief, cast.here.coordinator, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            register(cast, program, by=other)
        with pytest.raises(NotAllowed):
            webhook_calls.end_receiver(receiver=receiver, by=other, at=NOW)
    with pytest.raises(NoScopeChosen):
        register(cast, program, events=[*REPORTS, Event.RELAYED])
    assert not non_report_receivers_in_scope(administrator, at=NOW).exists()


def test_an_officer_sets_it_up_sees_the_secret_once_and_ends_it(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    stop_clock(monkeypatch)
    cast, address = Cast(), reverse("sightings:system")
    settings.WEBHOOK_HOSTS = ["hooks.police.example"]
    desk = signed_in(cast.officer)

    refused = desk.post(address, {"address": "https://169.254.169.254/latest"}).content.decode()
    shown = desk.post(address, {"address": "https://hooks.police.example/in"}).content.decode()
    later = desk.get(address).content.decode()
    desk.post(address, {"end": str(Receiver.objects.get().pk)})

    assert "This address may not be called" in refused
    assert ("whsec_" in shown, "whsec_" in later) == (True, False)
    assert Call.objects.get().event == Event.TEST
    assert Receiver.objects.get().ended_at is not None
    assert desk.post(address, {"end": "x"}).status_code == 404
