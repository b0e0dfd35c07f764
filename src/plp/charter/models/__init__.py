"""The tables of the charter: plan, deeds with their clauses, contacts, money, signatures, stored files."""

from plp.charter.models.acceptance import Acceptance, Asking
from plp.charter.models.amendment import Amendment
from plp.charter.models.clause import Assent, Clause, Party, Proposal, Revision
from plp.charter.models.deed import Deed
from plp.charter.models.money import CostLine, FinancingPlan
from plp.charter.models.partner import SLOT_NAMES, SLOTS, Contact
from plp.charter.models.plan import CommunicationPlan, PlanRule
from plp.charter.models.review import ReviewDay
from plp.charter.models.signature import Signature, StoredFile
