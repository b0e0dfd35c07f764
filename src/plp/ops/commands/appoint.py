"""Give somebody the first role on this machine: chief of corps, municipality, federal reader or administrator.

What is not given as an option is asked, or read line by line from standard input. No password is ever typed here: the
person gets a mail with a link, and another link that does the same is printed. A second time with the same e-mail
address adds the role if it is new, and prints a new link. ``--new-factor`` is for whoever lost the telephone with the
second factor and the recovery codes: the old ones are worth nothing from then on. Where somebody holds the role of
chief of corps or municipality already, ``--succeeds`` ends theirs in the same moment and ``--beside`` leaves it.
"""

import argparse
import sys
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction

from plp.accounts.invitations import appoint_and_invite, setup_link
from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.channels.email import Email
from plp.journal.actions import note
from plp.mandates.confirmations import end_predecessors_and_notify, set_last_day_of_mandate
from plp.mandates.grants import Role
from plp.mandates.models import BY_OPERATOR, Mandate
from plp.mandates.rules import AREAS, OFFICES
from plp.mandates.terms import holders_to_succeed
from plp.ops.cli import SUCCESS, Failed, say
from plp.people.models import LANGUAGE_CHOICES, Person
from plp.places.models import Area
from plp.places.queries import areas_by_name_or_nis, similar_area_names
from plp.toolbox import clock

ROLES = [role.value for role in OFFICES]
SPOKEN = [key for key, _name in LANGUAGE_CHOICES]
COUNTRY = "be/"
SEATS = (Role.CHIEF, Role.MUNICIPALITY)  # one holder a place, as a rule
YES_NO = ["yes", "no"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where, how long, after whom, and ``--new-factor``."""
    parser.add_argument("--role", choices=ROLES, help="what the person becomes")
    parser.add_argument("--name", help="first name and surname")
    parser.add_argument("--email", help="the address they sign in with")
    parser.add_argument("--area", help="zone or municipality: name or NIS code; quarter over a border: its short name")
    parser.add_argument("--language", choices=SPOKEN, help="in which we write to them")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="the last day, as 2031-01-31")
    seat = parser.add_mutually_exclusive_group()
    seat.add_argument("--succeeds", action="store_true", help="whoever holds the role there until now holds it no more")
    seat.add_argument("--beside", action="store_true", help="whoever holds the role there keeps it")
    parser.add_argument("--new-factor", action="store_true", help="forget the second factor: it is enrolled anew")


def answer_given_or_typed(question: str, answer_given: str | None) -> str:
    """What was given, else the next line of standard input. Raises ``Failed`` when there is none."""
    if answer_given is not None:
        return answer_given.strip()
    say(question)
    answer = sys.stdin.readline().strip()
    if not answer:
        raise Failed("Something is missing: ./plp appoint --help names every part.")
    return answer


def choice_given_or_typed(question: str, answer_given: str | None, choices: list[str]) -> str:
    """One of ``choices``. Raises ``Failed``."""
    answer = answer_given_or_typed(f"{question} ({', '.join(choices)})", answer_given)
    if answer not in choices:
        raise Failed(f"{answer} is not one of: {', '.join(choices)}.")
    return answer


def area_given_or_typed(role: Role, answer_given: str | None) -> Area:
    """The area over which the role is held. Raises ``Failed`` for a name that is unknown or that of several."""
    if not Area.objects.filter(path=COUNTRY).exists():
        raise Failed("There is no territory yet: run ./plp migrate first.")
    if "country" in AREAS[role] and answer_given is None:
        return Area.objects.get(path=COUNTRY)
    kind = next((kind for kind in AREAS[role] if kind != "country"), None)
    if kind is None:
        raise Failed(f"The role {role} is held over the whole country: leave the area out.")
    text = answer_given_or_typed(f"Which {kind}? Its name, or the NIS code of the municipality.", answer_given)
    areas = areas_by_name_or_nis(kind, text) or (cross_municipality_quarters(text) if "quarter" in AREAS[role] else [])
    if not areas and (names := similar_area_names(kind, text)):
        raise Failed(f"There is no {kind} {text!r}. Did you mean: {', '.join(names)}?")
    if len(areas) != 1:
        why = "no" if not areas else f"{len(areas)} times a"
        raise Failed(f"There is {why} {kind} {text!r}: give the NIS code of the municipality instead.")
    return areas[0]


def cross_municipality_quarters(quarter_key: str) -> list[Area]:
    """The quarter ``quarter_key``, if in the zone itself: the mayor of each municipality holds a role over it."""
    quarters = Area.objects.standing_quarters().filter(path__endswith=f"/q-{quarter_key}/")
    return [area for area in quarters if area.parent_path.count("/") == 2]


@transaction.atomic
def appoint_person_with_sign_in(options: argparse.Namespace) -> Mandate:
    """Person, mandate and sign-in, all or nothing. Whose address is known is not asked for a name again."""
    role = Role(choice_given_or_typed("Which role?", options.role, ROLES))
    area = area_given_or_typed(role, options.area)
    email = Email().normalise(answer_given_or_typed("E-mail address?", options.email))
    account = Account.objects.filter(username=username_digest_of_email(email)).first()
    predecessors = ask_whose_mandates_end(role, area, account.person if account else None, options)
    mandate = appoint_and_invite(
        role=role,
        area=area,
        name="" if account else answer_given_or_typed("First name and surname?", options.name),
        email=email,
        language="" if account else choice_given_or_typed("Language?", options.language, SPOKEN),
        decision=BY_OPERATOR,
        by=None,
        at=clock.now(),
    )
    end_predecessors_and_notify(mandate=mandate, predecessors=predecessors, by=None, at=clock.now())
    if options.until:
        set_last_day_of_mandate(mandate=mandate, last_day=options.until, by=None, at=clock.now())
    return mandate


def ask_whose_mandates_end(role: Role, area: Area, person: Person | None, options: argparse.Namespace) -> list[Mandate]:
    """Whose mandates end with this appointment: asked where a seat is taken and no option says it. Raises ``Failed``.

    Over a quarter that crosses a border each mayor holds the role, so nobody follows anybody there unless told.
    """
    holders = list(holders_to_succeed(role, area, person, at=clock.now()))
    is_one_seat = role in SEATS and area.kind != Area.Kind.QUARTER
    if not holders or options.beside or not (is_one_seat or options.succeeds):
        return []
    names = ", ".join(holder.person.name for holder in holders)
    is_to_end = (
        options.succeeds or choice_given_or_typed(f"{names} holds this role. Does it end?", None, YES_NO) == YES_NO[0]
    )
    return holders if is_to_end else []


@transaction.atomic
def delete_second_factors(account: Account) -> None:
    """Take away the app, the passkeys and the recovery codes of an account; the next sign-in enrols new ones."""
    if Authenticator.objects.filter(user=account).delete()[0]:
        note(verb="account.factors_forgotten", by=None, at=clock.now(), target=account)


def run(options: argparse.Namespace) -> int:
    """Do it, and print the link by which the person chooses a password."""
    mandate = appoint_person_with_sign_in(options)
    if options.new_factor:
        delete_second_factors(mandate.person.account)
        say("plp: The second factor is forgotten: it is enrolled anew at the next sign-in.")
    say(f"plp: Appointed: {mandate.get_role_display()}, {mandate.area.name(mandate.person.language)}.")
    say("     A mail with a link is on its way. The link below does the same; whichever is used first ends the other.")
    say("     It is good for one week and for one person:")
    print(setup_link(mandate.person.account))
    return SUCCESS
