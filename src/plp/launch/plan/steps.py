"""The steps from the idea to the first evaluation (founding text, "Etape par étape")."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.launch.plan.structure import PlanStep

STEPS = (
    PlanStep(
        "idea",
        capfirst(_("idea")),
        _(
            "Anybody may have the idea: a resident, the municipality, the police, a traders' association. The police "
            "of the right zone take it up and write down where it came from. Nobody gains a role by it."
        ),
        exits=("idea_recorded",),
        days=14,
    ),
    PlanStep(
        "consultation",
        _("Consultation"),
        _(
            "The police and the municipality talk first. The police also contact the administrative authority and "
            "the public prosecutor. Nothing else begins before these talks are on record. Then the officer decides "
            "to go on."
        ),
        exits=(
            "police_consulted",
            "authority_consulted",
            "administrative_contacted",
            "judicial_contacted",
            "creation_decided",
        ),
        days=30,
        after=("idea",),
    ),
    PlanStep(
        "area",
        _("Area and reasons"),
        _(
            "Say which streets belong to the area. Write down what each party wants: why (reasons), what "
            "it hopes for (expectations), what should be reached (objectives). The evening and the "
            "charter use these words again."
        ),
        exits=("area_drawn", "statements_complete"),
        days=21,
        after=("consultation",),
    ),
    PlanStep(
        "informing",
        _("Informing the area"),
        _(
            "The whole area hears of the plan, street by street: letters, a folder, a notice, the press. Think of "
            "homes without internet. Then measure how many neighbours support it. Only numbers are kept."
        ),
        exits=("stakeholders_told", "area_informed", "support_measured"),
        days=30,
        after=("area",),
    ),
    PlanStep(
        "evening",
        capfirst(_("information evening")),
        _(
            "All residents are invited. Seven points are discussed, from the concept and the law to the "
            "agreements. The residents vote on the partnership and its objectives. The minutes are "
            "approved."
        ),
        exits=(
            "evening_convened",
            "evening_invited",
            "evening_held",
            "partnership_approved",
            "agreements_made",
            "minutes_approved",
        ),
        days=30,
        after=("informing",),
    ),
    PlanStep(
        "committee",
        _("Committee and coordinator"),
        _(
            "The members choose a coordinator from their own area, and deputies. A steering committee shares the work. "
            "A good coordinator needs social skills and initiative, and no technical equipment."
        ),
        exits=("coordinator_approved", "committee_settled"),
        days=21,
        after=("evening",),
    ),
    PlanStep(
        "charter",
        _("Charter and internal rules"),
        _(
            "All partners write the charter together; the committee may take the lead. It contains the "
            "contact details, the communication plan and the financing plan. The internal rules say what "
            "members may do and may not do."
        ),
        exits=("contacts_complete", "plan_agreed", "financing_complete", "clauses_agreed", "rules_ready"),
        days=45,
        after=("evening",),
    ),
    PlanStep(
        "screening",
        _("Screening and signatures"),
        _(
            "The police screen the coordinator. Only the day and the outcome are kept. Then the mayor, the chief of "
            "corps, the mandated officer and the coordinator sign."
        ),
        exits=("coordinator_screened", "coordinator_appointed", "charter_signed", "rules_signed"),
        days=30,
        after=("committee", "charter"),
    ),
    PlanStep(
        "recognition",
        _("Recognition"),
        _(
            "The signed charter and the internal rules go to FPS Interior. When they are in order, FPS Interior "
            "writes to the mayor and to the chief of corps and enters the partnership in its list."
        ),
        exits=("file_sent", "recognition_received"),
        days=45,
        after=("screening",),
        waivable=True,
    ),
    PlanStep(
        "launch",
        _("Launch"),
        _(
            "The communication plan now applies. The police write a first preventive message and the coordinator "
            "passes it on. Tell the press and the municipal paper. Enrolment stays open to everybody."
        ),
        exits=("opened", "published", "first_message"),
        days=30,
        after=("screening", "recognition"),
    ),
    PlanStep(
        "evaluation",
        _("First evaluation"),
        _(
            "After a year at most, members, coordinator, police and municipality look back: what came in, what went "
            "out, what could be better. The outcome goes to the authorities."
        ),
        exits=("evaluated",),
        days=365,
        after=("launch",),
    ),
)
