"""Each clause of ours says why it is there, and where that comes from (R94)."""

from plp.charter.clauses import KEYS
from plp.charter.reasons import FOUNDING, REASONS


def test_every_clause_of_ours_has_a_reason_and_no_other() -> None:
    assert sorted(REASONS) == sorted(key for keys in KEYS.values() for key in keys)


def test_the_founding_text_is_quoted_where_it_is_named() -> None:
    assert [key for key, one in REASONS.items() if (one.source == FOUNDING) != bool(one.quote)] == []
