"""Pure decisions: the plan, the money, the words, the files, the order of signing."""

from plp.charter.rules.files import media_type_of
from plp.charter.rules.money import FinancingData, YearlyCost, financing_contradictions, indexes_of_contradictory_costs
from plp.charter.rules.plan import MessageRule, SimulatedMessage, next_sending_time, plan_rule_faults, simulate_message
from plp.charter.rules.signature_order import ORDERS, is_turn_to_sign, signing_order_key
from plp.charter.rules.text_differences import TextPiece, is_same_text, text_differences
