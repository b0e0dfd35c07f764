"""How the forms of a founding are counted."""

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
