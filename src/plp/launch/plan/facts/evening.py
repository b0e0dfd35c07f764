"""What the evening brings: a meeting held, a vote, agreements, people."""

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.launch.plan.facts.fact import StepFact
from plp.mandates.grants import Role

FACTS = (
    StepFact(
        "evening_convened",
        _("The information evening is convened"),
        _("No information evening is convened: choose its date and place."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R18",
    ),
    StepFact(
        "evening_invited",
        _("Everybody concerned was invited"),
        _("The invitations to the evening are not out yet."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R18",
    ),
    StepFact(
        "evening_held",
        _("The evening was held, with all seven points"),
        _("The information evening was not held yet, or not all its seven points are ticked."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R18",
    ),
    StepFact(
        "partnership_approved",
        _("The meeting approved the partnership and its objectives"),
        _("The meeting has not approved the partnership and its objectives: record the vote with its counts."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R21",
    ),
    StepFact(
        "agreements_made",
        _("Agreements were made, with owner and date"),
        _("No agreement of the evening is recorded yet: say what was agreed, who does it and by when."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R25",
    ),
    StepFact(
        "minutes_approved",
        _("The minutes are approved"),
        _("The minutes of the evening are not approved yet."),
        (Role.OFFICER,),
        pages.EVENING.view,
        rule="R18",
    ),
    StepFact(
        "coordinator_approved",
        _("The members approved a coordinator"),
        _("The members have not approved a coordinator yet."),
        (Role.OFFICER,),
        pages.MANDATE_PEOPLE.view,
        rule="R35",
    ),
    StepFact(
        "committee_settled",
        _("There is a steering committee, or it was decided to do without"),
        _("No member of a steering committee is approved yet. If you do without a committee, tick it here."),
        (Role.OFFICER,),
        pages.MANDATE_PEOPLE.view,
        by_hand=True,
        rule="R23",
    ),
)
