"""Pure decisions: the plan, the money, the words, the files, the order of signing."""

from plp.charter.rules.files import media_of
from plp.charter.rules.money import Cost, Money, contradictions, costs_meant
from plp.charter.rules.plan import Course, Rule, course, faults, next_opening
from plp.charter.rules.signing import ORDERS, may_sign_now, order_called
from plp.charter.rules.words import Piece, differences, is_same

__all__ = [
    "ORDERS",
    "Cost",
    "Course",
    "Money",
    "Piece",
    "Rule",
    "contradictions",
    "costs_meant",
    "course",
    "differences",
    "faults",
    "is_same",
    "may_sign_now",
    "media_of",
    "next_opening",
    "order_called",
]
