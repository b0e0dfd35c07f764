"""What stands on paper: charter, plans, rules, screening, signatures."""

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.launch.plan.facts.fact import StepFact
from plp.mandates.grants import Role

FACTS = (
    StepFact(
        "contacts_complete",
        _("The contact details of every partner are in the charter"),
        _("The contact details of some partners are missing in the charter."),
        (Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE),
        pages.CHARTER.view,
        rule="R92",
    ),
    StepFact(
        "plan_agreed",
        _("The communication plan is agreed"),
        _("Police and partnership have not both agreed to the communication plan yet."),
        (Role.OFFICER, Role.COORDINATOR),
        pages.COMMUNICATION_PLAN.view,
        rule="R92",
    ),
    StepFact(
        "financing_complete",
        _("The financing plan is complete"),
        _("The financing plan is not complete: say what it costs and who pays."),
        (Role.OFFICER, Role.COORDINATOR, Role.MUNICIPALITY),
        pages.CHARTER.view,
        rule="R92",
    ),
    StepFact(
        "clauses_agreed",
        _("Every clause of the charter is agreed"),
        _("Some clauses of the charter are not agreed by all partners yet."),
        (Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE, Role.MUNICIPALITY, Role.CHIEF),
        pages.CHARTER.view,
        rule="R91",
    ),
    StepFact(
        "rules_ready",
        _("The internal rules are ready"),
        _("The internal rules do not contain every clause they need yet."),
        (Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE),
        pages.CHARTER.view,
        rule="R98",
    ),
    StepFact(
        "coordinator_screened",
        _("The coordinator was screened and is fit"),
        _("The screening of the coordinator by the police is not recorded: its day and its outcome."),
        (Role.OFFICER,),
        pages.MANDATE_PEOPLE.view,
        rule="R36",
    ),
    StepFact(
        "coordinator_appointed",
        _("The coordinator is in office"),
        _("The coordinator is not appointed yet."),
        (Role.OFFICER,),
        pages.MANDATE_PEOPLE.view,
        rule="R35",
    ),
    StepFact(
        "charter_signed",
        _("Mayor, chief of corps, mandated officer and coordinator signed the charter"),
        _("Somebody has not signed the charter yet."),
        (Role.MUNICIPALITY, Role.CHIEF, Role.OFFICER, Role.COORDINATOR),
        pages.CHARTER.view,
        rule="R27",
    ),
    StepFact(
        "rules_signed",
        _("The internal rules are signed"),
        _("The internal rules are not signed yet."),
        (Role.OFFICER, Role.COORDINATOR),
        pages.CHARTER.view,
        rule="R27",
    ),
)
