"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.models import Deed
from plp.charter.queries import CharterTask, charter_tasks, rules_with_missing_acceptances
from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    MenuEntry,
    Offers,
    Source,
    Task,
)

ADDRESS = {
    "sign": "charter:signing",
    "agree": "charter:text",
    "plan": "charter:plan_agree",
    "change": "charter:changes",
}


def charter_and_rules_tasks(person: Person, at: datetime) -> list[Task]:
    """Sign, agree to clauses, agree to the plan, adapt a signed charter; bring new rules to members on paper."""
    return [_charter_task_row(one) for one in charter_tasks(person, at=at)] + [
        _unanswered_rules_task(deed, number) for deed, number in rules_with_missing_acceptances(person, at=at)
    ]


def _unanswered_rules_task(deed: Deed, number: int) -> Task:
    name = deed.partnership.name()
    words = _("New internal rules are in force. See who has not accepted them yet, and bring them on paper.")
    address = reverse("charter:acceptance", args=[deed.partnership.key])
    return Task(_("Internal rules: %s") % name, words, address, count=number)


def _charter_task_row(charter_task: CharterTask) -> Task:
    name = charter_task.partnership.name()
    words = {
        "sign": (_("Sign the charter: %s"), _("Everybody agreed. Read the text, then sign.")),
        "agree": (_("Agree to the charter: %s"), _("Clauses wait for the agreement of your side.")),
        "rules": (_("Agree to the internal rules: %s"), _("Clauses wait for the agreement of your side.")),
        "plan": (_("Agree to the communication plan: %s"), _("The other side agreed. It is your turn.")),
        "change": (_("Adapt the charter: %s"), _("Something changed since it was signed.")),
    }
    title, text = words["rules" if charter_task.kind == Deed.Kind.RULES else charter_task.what]
    arguments = [charter_task.partnership.key, *([charter_task.kind] if charter_task.what == "agree" else [])]
    return Task(title % name, text, reverse(ADDRESS[charter_task.what], args=arguments))


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Charter"),
            gettext_lazy("Charter, rules, contacts, communication plan, costs and signatures."),
            "charter:index",
            "scroll-text",
            Permission.CHARTER_WRITE,
            order=140,
        ),
    ),
    tasks=Source(charter_and_rules_tasks, order=140),
    help={
        "chief/charter": (
            "charter:index",
            "charter:home",
            "charter:signing",
            "charter:sign",
        ),
        "municipality/charter": (
            "charter:index",
            "charter:home",
            "charter:text",
            "charter:signing",
            "charter:sign",
        ),
        "committee/charter": (
            "charter:index",
            "charter:home",
            "charter:text",
            "charter:clause",
            "charter:propose",
            "charter:signing",
            "charter:sign",
        ),
    },
)
