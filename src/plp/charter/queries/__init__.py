"""What one may ask of the charter: the plan in force, the deeds, the partners, the money, the facts."""

from plp.charter.queries.acceptance import (
    active_members_bound_by,
    members_without_acceptance_of_rules,
    rules_to_be_accepted_by,
    rules_with_missing_acceptances,
    when_rules_were_accepted,
)
from plp.charter.queries.deeds import (
    amendments_of,
    clause_rows,
    deed_in_force,
    deed_in_preparation,
    deed_in_preparation_or_signed,
    deed_versions,
    party_represented_by,
    proposals_and_remarks_on,
    rules_for_new_members,
    rules_for_next_signature,
    signed_deed,
)
from plp.charter.queries.facts import CharterFacts, charter_facts
from plp.charter.queries.files import DamagedFile, damaged_files, files_of_deed, frozen_files, stored_bytes
from plp.charter.queries.money import (
    financing_as_data,
    financing_figures,
    financing_in_preparation,
    financing_plan_in_force,
    insured_plan_of_neighbour,
)
from plp.charter.queries.office_holders import (
    ContactDetails,
    contact_names_not_in_office,
    known_or_proposed_contact_details,
    office_holders,
)
from plp.charter.queries.partners import (
    contact_of_partner,
    contacts_of_partners,
    partners_without_contact,
    partnerships_with_writable_charter,
    public_or_charter_contact_email,
    signed_title_or_office,
    slots_changed_since_freeze,
)
from plp.charter.queries.plan import (
    NoPlan,
    default_plan_rules,
    office_reading_member_letters,
    plan_in_force,
    plan_in_force_now,
    plan_in_preparation,
    plan_versions,
    proposed_channels,
    required_plan_rule,
    rule_of_row,
    rules_of_plan,
)
from plp.charter.queries.signatures import (
    last_signing_order_of_zone,
    signature_slots,
    signing_obstacles,
    slots_held_by_person,
)
from plp.charter.queries.tasks import CharterTask, charter_tasks
from plp.charter.queries.untranslated import (
    PLAN_TEXTS,
    UntranslatedText,
    untranslated_texts,
    untranslated_texts_of_plan,
)
