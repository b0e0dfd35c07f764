"""``./plp gateway``: what Kannel must be told."""

import argparse
import re

import pytest
from django.urls import resolve

from plp.channels.sms.suppliers.descriptions import HERE
from plp.ops.commands import gateway


def test_it_names_an_address_of_ours_for_replies(settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_CALLBACK_ORIGIN = "http://127.0.0.1:8000"

    code = gateway.run(argparse.Namespace(description=None))

    printed = capsys.readouterr().out
    [(path, query)] = re.findall(r'^get-url = "http://127\.0\.0\.1:8000(/\S+)\?(\S+)"$', printed, re.MULTILINE)
    assert code == 0
    assert resolve(path).url_name == "sms_inbound"
    assert query == "from=%p&text=%b&charset=%C&id=%I"


def test_the_groups_can_be_appended_as_they_are(settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Kannel refuses a file in which a group begins right behind another."""
    settings.SMS_URL = "http://plp:a%20long%2Fpassword@127.0.0.1:13013/cgi-bin/sendsms"

    gateway.run(argparse.Namespace(description=None))

    printed = capsys.readouterr().out
    assert printed.startswith('\ngroup = sendsms-user\nusername = "plp"\npassword = "a long/password"\n')


def test_the_public_address_serves_where_no_other_is_set(settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_CALLBACK_ORIGIN, settings.ORIGIN = "", "https://plp.example.be"

    gateway.run(argparse.Namespace(description=None))

    assert capsys.readouterr().out.count('get-url = "https://plp.example.be/api/inbound/sms/') == 1


def test_a_supplier_is_told_one_address(settings, capsys) -> None:
    settings.SMS_URL, settings.ORIGIN = "ringring://:key@", "https://plp.example.be"
    settings.SMS_URL_2 = settings.SMS_CALLBACK_ORIGIN = ""

    gateway.run(argparse.Namespace(description=None))

    told = capsys.readouterr().out
    assert told.startswith("Ringring: ")
    assert "\nhttps://plp.example.be/api/inbound/sms/ringring/" in told
    assert "kannel" not in told


def test_a_description_is_checked(tmp_path, capsys) -> None:
    good = HERE / "vonage.toml"
    (tmp_path / "bad.toml").write_text(good.read_text(encoding="utf-8").replace("{text}", "{txt}"), encoding="utf-8")

    codes = [gateway.run(argparse.Namespace(description=path)) for path in (good, tmp_path / "bad.toml")]

    lines = capsys.readouterr().out.splitlines()
    assert codes == [0, 1]
    assert lines[0].endswith(f"PLP_SMS_URL=vonage://USER:PASSWORD@{good}?secret=SECRET")
    assert lines[1] == "bad.toml: nothing fills the place {txt}."
