"""``./plp gateway``: what Kannel must be told."""

import argparse
import re

import pytest
from django.urls import resolve

from plp.ops.commands import gateway


def test_it_names_an_address_of_ours_for_replies(settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_CALLBACK_ORIGIN = "http://127.0.0.1:8000"

    code = gateway.run(argparse.Namespace())

    printed = capsys.readouterr().out
    [(path, query)] = re.findall(r'^get-url = "http://127\.0\.0\.1:8000(/\S+)\?(\S+)"$', printed, re.MULTILINE)
    assert code == 0
    assert resolve(path).url_name == "sms_inbound"
    assert query == "from=%p&text=%b&charset=%C&id=%I"


def test_the_public_address_serves_where_no_other_is_set(settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_CALLBACK_ORIGIN, settings.ORIGIN = "", "https://plp.example.be"

    gateway.run(argparse.Namespace())

    assert capsys.readouterr().out.count('get-url = "https://plp.example.be/api/inbound/sms/') == 1
