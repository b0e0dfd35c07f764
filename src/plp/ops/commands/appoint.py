"""Give somebody the first role on this machine: chief of corps, municipality, federal reader or administrator.

What is not given as an option is asked, or read line by line from standard input. No password is ever typed here: the
person gets a mail with a link, and another link that does the same is printed. A second time with the same e-mail
address adds the role if it is new, and prints a new link. ``--new-factor`` is for whoever lost the telephone with the
second factor and the recovery codes: the old ones are worth nothing from then on.
"""

import argparse
import sys

from allauth.mfa.models import Authenticator
from django.db import transaction

from plp.accounts.invitations import appoint_and_invite, setup_link
from plp.accounts.models import Account
from plp.accounts.queries import account_digest
from plp.channels.email import Email
from plp.journal.actions import note
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.rules import APPOINTED_WITH, AREAS
from plp.ops.cli import SUCCESS, Failed, say
from plp.people.models import LANGUAGE_CHOICES
from plp.places.models import Area
from plp.places.queries import areas_called
from plp.toolbox import clock

ROLES = [role.value for role in Role if APPOINTED_WITH[role] is None]
SPOKEN = [key for key, _name in LANGUAGE_CHOICES]
COUNTRY = "be/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--role``, ``--name``, ``--email``, ``--area``, ``--language`` and ``--new-factor``."""
    parser.add_argument("--role", choices=ROLES, help="what the person becomes")
    parser.add_argument("--name", help="first name and surname")
    parser.add_argument("--email", help="the address they sign in with")
    parser.add_argument("--area", help="zone or municipality: name or NIS code; quarter over a border: its short name")
    parser.add_argument("--language", choices=SPOKEN, help="in which we write to them")
    parser.add_argument("--new-factor", action="store_true", help="forget the second factor: it is enrolled anew")


def ask_operator(question: str, answer_given: str | None) -> str:
    """What was given, else the next line of standard input. Raises ``Failed`` when there is none."""
    if answer_given is not None:
        return answer_given.strip()
    say(question)
    answer = sys.stdin.readline().strip()
    if not answer:
        raise Failed("Something is missing: ./plp appoint --help names every part.")
    return answer


def ask_choice(question: str, answer_given: str | None, choices: list[str]) -> str:
    """One of ``known``. Raises ``Failed``."""
    answer = ask_operator(f"{question} ({', '.join(choices)})", answer_given)
    if answer not in choices:
        raise Failed(f"{answer} is not one of: {', '.join(choices)}.")
    return answer


def ask_area(role: Role, answer_given: str | None) -> Area:
    """The area over which the role is held. Raises ``Failed`` for a name that is unknown or that of several."""
    if not Area.objects.filter(path=COUNTRY).exists():
        raise Failed("There is no territory yet: run ./plp migrate first.")
    if "country" in AREAS[role] and answer_given is None:
        return Area.objects.get(path=COUNTRY)
    kind = next((kind for kind in AREAS[role] if kind != "country"), None)
    if kind is None:
        raise Failed(f"The role {role} is held over the whole country: leave the area out.")
    text = ask_operator(f"Which {kind}? Its name, or the NIS code of the municipality.", answer_given)
    areas = areas_called(kind, text) or (quarters_across_border(text) if "quarter" in AREAS[role] else [])
    if len(areas) != 1:
        why = "no" if not areas else f"{len(areas)} times a"
        raise Failed(f"There is {why} {kind} {text!r}: give the NIS code of the municipality instead.")
    return areas[0]


def quarters_across_border(key: str) -> list[Area]:
    """The quarter called ``key`` if it lies in the zone itself: the mayor of each municipality holds a role over it."""
    quarters = Area.objects.quarters().filter(path__endswith=f"/q-{key}/")
    return [area for area in quarters if area.parent_path.count("/") == 2]


def appoint_person(options: argparse.Namespace) -> Mandate:
    """Person, mandate and sign-in, all or nothing. Whose address is known is not asked for a name again."""
    role = Role(ask_choice("Which role?", options.role, ROLES))
    area = ask_area(role, options.area)
    email = Email().normalise(ask_operator("E-mail address?", options.email))
    is_known = Account.objects.filter(username=account_digest(email)).exists()
    return appoint_and_invite(
        role=role,
        area=area,
        name="" if is_known else ask_operator("First name and surname?", options.name),
        email=email,
        language="" if is_known else ask_choice("Language?", options.language, SPOKEN),
        decision="set up by the operator of this installation",
        by=None,
        at=clock.now(),
    )


@transaction.atomic
def remove_factors(account: Account) -> None:
    """Take away the app, the passkeys and the recovery codes of an account; the next sign-in enrols new ones."""
    if Authenticator.objects.filter(user=account).delete()[0]:
        note(verb="account.factors_forgotten", by=None, at=clock.now(), target=account)


def run(options: argparse.Namespace) -> int:
    """Do it, and print the link by which the person chooses a password."""
    mandate = appoint_person(options)
    if options.new_factor:
        remove_factors(mandate.person.account)
        say("plp: The second factor is forgotten: it is enrolled anew at the next sign-in.")
    say(f"plp: Appointed: {mandate.get_role_display()}, {mandate.area.name(mandate.person.language)}.")
    say("     A mail with a link is on its way. The link below does the same; whichever is used first ends the other.")
    say("     It is good for one week and for one person:")
    print(setup_link(mandate.person.account))
    return SUCCESS
