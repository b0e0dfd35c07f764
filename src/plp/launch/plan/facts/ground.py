"""What becomes known before the evening: idea, talks, area, motives, informing, support."""

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.launch.plan.facts.fact import StepFact
from plp.mandates.grants import Role

FACTS = (
    StepFact(
        "idea_recorded",
        _("The idea and its origin are recorded"),
        _("Nobody has recorded yet where the idea came from."),
        (Role.OFFICER,),
        pages.GROUNDWORK.view,
        rule="R10",
    ),
    StepFact(
        "police_consulted",
        _("The local police were consulted"),
        _("The talk with the local police is not recorded: give its date and who took part."),
        (Role.OFFICER,),
        pages.TALKS.view,
        rule="R12",
    ),
    StepFact(
        "authority_consulted",
        _("The local authority was consulted"),
        _("The talk with the municipality is not recorded: give its date and who took part."),
        (Role.OFFICER, Role.MUNICIPALITY),
        pages.TALKS.view,
        rule="R12",
    ),
    StepFact(
        "administrative_contacted",
        _("The administrative authority was contacted"),
        _("The police have not recorded their contact with the administrative authority: date, reference, outcome."),
        (Role.OFFICER,),
        pages.TALKS.view,
        rule="R13",
    ),
    StepFact(
        "judicial_contacted",
        _("The public prosecutor was contacted"),
        _("The police have not recorded their contact with the public prosecutor: date, reference, outcome."),
        (Role.OFFICER,),
        pages.TALKS.view,
        rule="R13",
    ),
    StepFact(
        "creation_decided",
        _("It was decided to go on"),
        _("The police officer has not decided to go on yet."),
        (Role.OFFICER,),
        rule="R12",
    ),
    StepFact(
        "area_drawn",
        _("The area is drawn"),
        _("No street belongs to the area yet: choose the streets."),
        (Role.OFFICER,),
        pages.AREA.view,
        rule="R4",
    ),
    StepFact(
        "statements_complete",
        _("Each party gave its reasons, expectations and objectives"),
        _("Reasons, expectations and objectives are not written down for each party yet."),
        (Role.OFFICER, Role.COORDINATOR, Role.MUNICIPALITY),
        pages.STATEMENTS.view,
        rule="R14",
    ),
    StepFact(
        "stakeholders_told",
        _("Everybody who must know was told"),
        _("Not everybody on the list of stakeholders was told yet, with a proof."),
        (Role.OFFICER,),
        pages.STAKEHOLDERS.view,
        rule="R15",
    ),
    StepFact(
        "area_informed",
        _("The whole area was informed"),
        _("Some streets of the area were not informed yet."),
        (Role.OFFICER,),
        pages.INFORMATION.view,
        rule="R16",
    ),
    StepFact(
        "support_measured",
        _("Local support was measured"),
        _("Nobody has measured yet how many people support the idea."),
        (Role.OFFICER,),
        pages.AREA_SURVEY.view,
        rule="R17",
    ),
)
