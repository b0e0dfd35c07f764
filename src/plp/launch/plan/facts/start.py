"""What makes a partnership work: recognition, launch, first message, first look back."""

from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.launch.plan.facts.fact import StepFact
from plp.mandates.grants import Role

FACTS = (
    StepFact(
        "file_sent",
        _("The file was sent to FPS Interior"),
        _("The file was not sent to FPS Interior yet."),
        (Role.OFFICER,),
        pages.RECOGNITION.view,
        rule="R96",
    ),
    StepFact(
        "recognition_received",
        _("FPS Interior recognised the partnership"),
        _("FPS Interior has not validated the file yet. When its letter comes, record it here."),
        (Role.OFFICER,),
        pages.RECOGNITION.view,
        rule="R27",
    ),
    StepFact(
        "opened",
        _("The partnership is launched"),
        _("The partnership is not launched yet."),
        (Role.OFFICER,),
        pages.OPENING.view,
        rule="R27",
    ),
    StepFact(
        "published",
        _("The launch was made known"),
        _("No publication of the launch is recorded yet: press, municipal paper or website."),
        (Role.OFFICER, Role.MUNICIPALITY),
        pages.PUBLICITY.view,
        rule="R28",
    ),
    StepFact(
        "first_message",
        _("The coordinator passed on the first preventive message"),
        _("The coordinator has not passed on a first preventive message from the police yet."),
        (Role.OFFICER, Role.COORDINATOR),
        rule="R107",
    ),
    StepFact(
        "evaluated",
        _("The first evaluation was held"),
        _("The first evaluation was not held yet. Tick it with its date when it is done."),
        (Role.OFFICER, Role.COORDINATOR),
        by_hand=True,
        rule="R142",
    ),
)
