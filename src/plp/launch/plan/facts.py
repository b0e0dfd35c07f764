"""The facts that close steps: who brings each about, on which page, and what to say while it is missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Role

OFFICER, COORDINATOR, COMMITTEE = Role.OFFICER, Role.COORDINATOR, Role.COMMITTEE
MUNICIPALITY, CHIEF = Role.MUNICIPALITY, Role.CHIEF


@dataclass(frozen=True)
class Fact:
    """Something that is so or not yet so.

    ``label`` says it when it is so, ``missing`` while it is not, as a whole sentence. ``view`` names the address (with
    the partnership's key) where it is brought about; ``""`` is the step's own page. ``by_hand``: may be ticked, because
    no row of ours can tell it. ``rule``: the requirement behind it.
    """

    key: str
    label: Any
    missing: Any
    who: tuple[Role, ...]
    view: str = ""
    by_hand: bool = False
    rule: str = ""


_FACTS = (
    Fact(
        "idea_recorded",
        _("The idea and its origin are recorded"),
        _("Nobody has recorded yet where the idea came from."),
        (OFFICER,),
        "groundwork:home",
        rule="R10",
    ),
    Fact(
        "police_consulted",
        _("The local police were consulted"),
        _("The talk with the local police is not recorded: give its date and who took part."),
        (OFFICER,),
        "groundwork:talks",
        rule="R12",
    ),
    Fact(
        "authority_consulted",
        _("The local authority was consulted"),
        _("The talk with the municipality is not recorded: give its date and who took part."),
        (OFFICER, MUNICIPALITY),
        "groundwork:talks",
        rule="R12",
    ),
    Fact(
        "administrative_contacted",
        _("The administrative authority was contacted"),
        _("The police have not recorded their contact with the administrative authority: date, reference, outcome."),
        (OFFICER,),
        "groundwork:talks",
        rule="R13",
    ),
    Fact(
        "judicial_contacted",
        _("The public prosecutor was contacted"),
        _("The police have not recorded their contact with the public prosecutor: date, reference, outcome."),
        (OFFICER,),
        "groundwork:talks",
        rule="R13",
    ),
    Fact(
        "creation_decided",
        _("It was decided to go on"),
        _("The police officer has not decided to go on yet."),
        (OFFICER,),
        rule="R12",
    ),
    Fact(
        "area_drawn",
        _("The area is drawn"),
        _("No street belongs to the area yet: choose the streets."),
        (OFFICER,),
        "groundwork:area",
        rule="R4",
    ),
    Fact(
        "statements_complete",
        _("Each party said its motives, expectations and objectives"),
        _("Motives, expectations and objectives are not written down for each party yet."),
        (OFFICER, COORDINATOR, MUNICIPALITY),
        "groundwork:statements",
        rule="R14",
    ),
    Fact(
        "stakeholders_told",
        _("Everybody who must know was told"),
        _("Not everybody on the list of stakeholders was told yet, with a proof."),
        (OFFICER,),
        "groundwork:stakeholders",
        rule="R15",
    ),
    Fact(
        "area_informed",
        _("The whole area was informed"),
        _("Some streets of the area were not informed yet."),
        (OFFICER,),
        "groundwork:informing",
        rule="R16",
    ),
    Fact(
        "support_measured",
        _("Local support was measured"),
        _("Nobody has measured yet how many neighbours support the idea."),
        (OFFICER,),
        "groundwork:survey",
        rule="R17",
    ),
    Fact(
        "evening_convened",
        _("The information evening is convened"),
        _("No information evening is convened: choose its date and place."),
        (OFFICER,),
        "evening:home",
        rule="R18",
    ),
    Fact(
        "evening_invited",
        _("All residents were invited"),
        _("The invitations to the evening are not out yet."),
        (OFFICER,),
        "evening:home",
        rule="R18",
    ),
    Fact(
        "evening_held",
        _("The evening was held, with all seven points"),
        _("The information evening was not held yet, or not all its seven points are ticked."),
        (OFFICER,),
        "evening:home",
        rule="R18",
    ),
    Fact(
        "partnership_approved",
        _("The residents approved the partnership and its objectives"),
        _("The residents have not approved the partnership and its objectives: record the vote with its counts."),
        (OFFICER,),
        "evening:home",
        rule="R21",
    ),
    Fact(
        "agreements_made",
        _("Agreements were made, with owner and date"),
        _("No agreement of the evening is recorded yet: say what was agreed, who does it and by when."),
        (OFFICER,),
        "evening:home",
        rule="R25",
    ),
    Fact(
        "minutes_approved",
        _("The minutes are approved"),
        _("The minutes of the evening are not approved yet."),
        (OFFICER,),
        "evening:home",
        rule="R18",
    ),
    Fact(
        "coordinator_approved",
        _("The members approved a coordinator"),
        _("The members have not approved a coordinator yet."),
        (OFFICER,),
        "mandates:people",
        rule="R35",
    ),
    Fact(
        "committee_settled",
        _("There is a steering committee, or it was decided to do without"),
        _("No member of a steering committee is approved yet. If you do without a committee, tick it here."),
        (OFFICER,),
        "mandates:people",
        by_hand=True,
        rule="R23",
    ),
    Fact(
        "contacts_complete",
        _("The contact details of every partner are in the charter"),
        _("The contact details of some partners are missing in the charter."),
        (OFFICER, COORDINATOR, COMMITTEE),
        "charter:home",
        rule="R92",
    ),
    Fact(
        "plan_agreed",
        _("The communication plan is agreed"),
        _("Police and partnership have not both agreed to the communication plan yet."),
        (OFFICER, COORDINATOR),
        "charter:plan",
        rule="R92",
    ),
    Fact(
        "financing_complete",
        _("The financing plan is complete"),
        _("The financing plan is not complete: say what it costs and who pays."),
        (OFFICER, COORDINATOR, MUNICIPALITY),
        "charter:home",
        rule="R92",
    ),
    Fact(
        "clauses_agreed",
        _("Every clause of the charter is agreed"),
        _("Some clauses of the charter are not agreed by all partners yet."),
        (OFFICER, COORDINATOR, COMMITTEE, MUNICIPALITY, CHIEF),
        "charter:home",
        rule="R91",
    ),
    Fact(
        "rules_ready",
        _("The internal rules are ready"),
        _("The internal rules do not hold every clause they need yet."),
        (OFFICER, COORDINATOR, COMMITTEE),
        "charter:home",
        rule="R98",
    ),
    Fact(
        "coordinator_screened",
        _("The coordinator was screened and is fit"),
        _("The screening of the coordinator by the police is not recorded: its day and its outcome."),
        (OFFICER,),
        "mandates:people",
        rule="R36",
    ),
    Fact(
        "coordinator_appointed",
        _("The coordinator is in office"),
        _("The coordinator is not appointed yet."),
        (OFFICER,),
        "mandates:people",
        rule="R35",
    ),
    Fact(
        "charter_signed",
        _("Mayor, chief of corps, mandated officer and coordinator signed the charter"),
        _("Somebody has not signed the charter yet."),
        (MUNICIPALITY, CHIEF, OFFICER, COORDINATOR),
        "charter:home",
        rule="R27",
    ),
    Fact(
        "rules_signed",
        _("The internal rules are signed"),
        _("The internal rules are not signed yet."),
        (OFFICER, COORDINATOR),
        "charter:home",
        rule="R27",
    ),
    Fact(
        "file_sent",
        _("The file was sent to FPS Interior"),
        _("The file was not sent to FPS Interior yet."),
        (OFFICER,),
        "launch:recognition",
        rule="R96",
    ),
    Fact(
        "recognition_received",
        _("FPS Interior recognised the partnership"),
        _("FPS Interior has not validated the file yet. When its letter comes, record it here."),
        (OFFICER,),
        "launch:recognition",
        rule="R27",
    ),
    Fact(
        "authorities_told",
        _("The letters to the mayor and the chief of corps are recorded"),
        _("The letters of FPS Interior to the mayor and the chief of corps are not recorded yet."),
        (OFFICER,),
        "launch:recognition",
        rule="R97",
    ),
    Fact(
        "opened",
        _("The partnership is launched"),
        _("The partnership is not launched yet."),
        (OFFICER,),
        "launch:opening",
        rule="R27",
    ),
    Fact(
        "published",
        _("The launch was made known"),
        _("No publication of the launch is recorded yet: press, municipal paper or website."),
        (OFFICER, MUNICIPALITY),
        "launch:publicity",
        rule="R28",
    ),
    Fact(
        "first_message",
        _("The coordinator passed on the first preventive message"),
        _("The coordinator has not passed on a first preventive message of the police yet."),
        (OFFICER, COORDINATOR),
        rule="R107",
    ),
    Fact(
        "evaluated",
        _("The first evaluation was held"),
        _("The first evaluation was not held yet. Tick it with its date when it is done."),
        (OFFICER, COORDINATOR),
        by_hand=True,
        rule="R142",
    ),
)

FACTS: dict[str, Fact] = {fact.key: fact for fact in _FACTS}
