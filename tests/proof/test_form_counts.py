"""How the forms of a founding are counted."""

from proof.proofs.founding import figures_of_forms
from tests.browser.founding.counts import SentForms, form_counts

SENT = [
    SentForms("invite", "officer", "acts", 4),
    SentForms("register", "coordinator", "acts", 4),
    SentForms("register", "officer", "acts", 3),
    SentForms("meet", "officer", "acts", 20),
    SentForms("meet", "visitor", "acts", 5),
    SentForms("sign", "coordinator", "acts", 1),
    SentForms("sign", "coordinator", "identity", 2),
]


def test_forms_count_for_the_role_in_which_they_are_sent() -> None:
    """Whoever registers is a neighbour still, a vote is no work of the evening, a code is no form of the way."""
    assert form_counts(SENT) == {
        "roles": {"officer": 27, "neighbours": 9, "coordinator": 1},
        "acts": {"invite": 4, "register": 7, "meet": 25, "sign": 1},
        "identity": {"coordinator": 2},
        "sums": {"whole": 37, "evening": 24},
    }


def test_the_founding_by_live_screens_is_told_beside_what_must_hold_of_the_others() -> None:
    counts = {
        "haren": {"roles": {"officer": 65}, "acts": {"meet": 40}, "sums": {"whole": 90, "evening": 37}},
        "lembeek": {"roles": {"officer": 28}, "acts": {"enter": 1}, "sums": {"whole": 48, "evening": 4}},
    }
    lembeek_alone = {"lembeek": counts["lembeek"]}

    figures = figures_of_forms(counts)

    assert [(figure.value, figure.floor) for figure in figures] == [
        (48, 75), (28, 40), (4, 12), (90, None), (65, None), (37, None),
    ]  # fmt: skip
    assert all("(haren)" in figure.name for figure in figures[3:])
    assert len(figures_of_forms(lembeek_alone)) == 3
