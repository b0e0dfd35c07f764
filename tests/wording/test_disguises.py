"""Tricks that hide a word from the check: spacing, look-alike letters, invisible signs, digits; and hostile lengths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.wording.check import KINDS, LANGUAGES, check
from plp.wording.tokens import tokenise
from tests.workload import work_of

DISGUISES = [
    "P a t r o u i l l o n s ce soir",
    "p-a-t-r-o-u-i-l-l-o-n-s",
    "P.a.t.r.o.u.i.l.l.o.n.s",
    "Pаtrоuillоns ce soir",  # Cyrillic а and о
    "Pat\u200brouil\u200dlons ce soir",
    "ＰＡＴＲＯＵＩＬＬＯＮＳ ce soir",
    "PATROUILLONS CE SOIR",
    "Pátróuìllõns ce soir",
    "patrou1ll0ns ce soir",
    "𝐩𝐚𝐭𝐫𝐨𝐮𝐢𝐥𝐥𝐨𝐧𝐬 ce soir",
    "Ce soir, p@trouillons.",
    "p@tr0uillons ce soir",
    "patrou|llon$ ce soir",
    "p/a/t/r/o/u/i/l/l/o/n/s",
    "patrou!llons ce soir",
    "Voyons-nous !patrouillons ce soir",
    "Attention!patrouillons ce soir",
    "paŧrouillons ce soir",
]
HOSTILE = [
    "a", "1", "1-", "a.", "p a t ", "0475 ", "M. Jean Dupont van der ", "rue de la ", "12, rue ",
    "ne pas jamais niet nicht not ",
    "a.b@c.", "BE68 5390 ", "suivez la voiture volg de wagen folgen Sie dem Auto follow the car ", "\u200b", "\n- ",
    "au 12 du 13 ",
    "police voisin nuit ronde membre appelé WhatsApp groupe photo liste vacances alarme prix ", "((((", "e\u0301",
    "le nommé ", "x@x.", "Aa Bb ", "a b ", "04 ", "1-A", "rue de ", "a!bc", "a@", "ab$ ", "a/b/", "\u200ba",
    "ne suivez pas ",
]  # fmt: skip


@pytest.mark.parametrize("text", DISGUISES)
def test_a_disguised_call_is_held(text: str) -> None:
    assert "patrol_call" in {finding.rule for finding in check(text, language="fr", kind="alarm").findings}


@pytest.mark.parametrize(
    "address", ["p@trouillons.be", "nous@patrouillons.be", "nous@patrouillons-ensemble.be", "@patrouillons"]
)
def test_an_address_or_a_handle_is_no_disguise(address: str) -> None:
    assert tokenise(f"Écrivez à {address}.", "fr") == tokenise(f"Écrivez à {address.replace('@', ' ')}.", "fr")


def test_german_vowels_may_be_spelled_out() -> None:
    written = check("Verfolgt die Täter!", language="de", kind="alarm")
    spelled = check("Verfolgt die Taeter!", language="de", kind="alarm")

    assert [one.rule for one in written.findings] == [one.rule for one in spelled.findings] == ["confront_search"]


@given(st.text(max_size=300), st.sampled_from(LANGUAGES), st.sampled_from(KINDS))
def test_any_text_is_read_and_every_span_is_of_it(text: str, language: str, kind: str) -> None:
    report = check(text, language=language, kind=kind)

    assert all(text[one.start : one.end] == one.excerpt != "" for one in report.findings)
    assert [one.start for one in report.findings] == sorted(one.start for one in report.findings)


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_ten_times_as_long_costs_about_ten_times_as_much(unit: str) -> None:
    """Of 100 kB and of 10 kB, on any machine: what searches each pair of places would cost a hundred times as much."""
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    check(text[:100], language="fr", kind="coordinator_note")
    short = work_of(lambda: check(text[:10_000], language="fr", kind="coordinator_note"))

    assert work_of(lambda: check(text, language="fr", kind="coordinator_note")) < 40 * short + 0.2
