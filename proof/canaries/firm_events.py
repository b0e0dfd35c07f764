"""Firms, hours on call, exercises, a report for the municipality, a split: in a partnership with canaries."""

from datetime import datetime, time, timedelta

from plp.demo.quarter import Quarter
from plp.launch.actions import quarter_changes
from plp.launch.models import QuarterChange, QuarterChangeMember
from plp.mandates import rotas
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.rota_patterns import WeekPattern
from plp.membership import firms, house_moves
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.people import exercises
from plp.people.models import Person
from plp.places.models import Area, Street
from plp.places.queries import StreetPart, municipality_of, streets_of, zone_of
from plp.sightings.actions import referrals, sightings
from plp.sightings.models import Referral, Sighting
from proof.canaries.fields import TokenWriter
from proof.canaries.tokens import Token

DAY = timedelta(days=1)
REFERRED = 42_020  # the number of whoever reports what is not for the police
ENTERPRISE = "0123456749"


def add_firm_rota_referral_and_split(
    writer: TokenWriter, quarter: Quarter, number: int, members: list[Membership], *, at: datetime
) -> None:
    """By the actions of the pages; ``members`` are some who hold no office."""
    _make_business_plp_with_firm(quarter, members[7], members[6], at)
    house_moves.record_move_and_ask_to_join_there(
        person=members[5].person,
        street=_first_street_in_other_zone(quarter),
        house=f"9{number}",
        by=members[5].person,
        at=at - DAY,
    )
    for person in (members[6].person, quarter.coordinator):
        exercises.record_finished_exercise(person=person, exercise="report", by=person, at=at - DAY)
    _make_future_rota(quarter.partnership.area, quarter.coordinator, at)
    _make_future_rota(zone_of(quarter.setting.nis), quarter.officer, at)
    _file_refer_and_answer_sighting(writer, quarter, number, at)
    _release_split_plan_and_answer_it(quarter, number, at)


def _make_business_plp_with_firm(quarter: Quarter, owner: Membership, colleague: Membership, at: datetime) -> None:
    """Two people of one shop: from now on it is a partnership of traders."""
    Partnership.objects.filter(pk=quarter.partnership.pk).update(kind=Partnership.Kind.TRADERS)
    for membership in (owner, colleague):
        membership.refresh_from_db()
    entry = firms.FirmEntry("Boulangerie", ENTERPRISE, "food")
    firm = firms.enter_firm_of_member(membership=owner, entry=entry, by=quarter.coordinator, at=at - DAY)
    firms.set_firm_and_delete_deserted(colleague, firm, by=quarter.coordinator, at=at - DAY)


def _first_street_in_other_zone(quarter: Quarter) -> Street:
    """A street of another police zone: no partnership there is asked for whoever moves."""
    own = streets_of(quarter.partnership.area)[0]
    return Street.objects.exclude(nis=own.nis).filter(addresses__isnull=False).distinct().earliest("pk")


def _make_future_rota(area: Area, on_call: Person, at: datetime) -> None:
    """Hours that begin in three weeks: today everybody is called as ever."""
    first = at.date() + 21 * DAY
    pattern = WeekPattern(first, first + 13 * DAY, time(8), time(20), [str(on_call.pk)] * 7)
    rotas.save_rota_shifts_and_notify(area=area, pattern=pattern, answer_minutes=15, by=on_call, at=at - DAY)


def _file_refer_and_answer_sighting(writer: TokenWriter, quarter: Quarter, plp: int, at: datetime) -> None:
    """A lamp that is out, handed to a service that answers."""
    municipality = municipality_of(quarter.setting.nis)
    report = sightings.SightingReport(
        municipality=municipality,
        place="Rue",
        kind="behaviour",
        day=(at - 2 * DAY).date(),
        clock=time(22, 10),
        language=quarter.setting.languages[0],
        facts={"behaviour": "Canari"},
    )
    sighting = sightings.file_and_assign_sighting(report=report, by=None, at=at - DAY)
    reason = Sighting.Reason.ELSEWHERE
    sightings.close_and_tell_reporter(sighting=sighting, reason=reason, words="", by=quarter.officer, at=at - DAY)
    address = Token(plp, REFERRED, 96).as_email(writer.seed)
    service = referrals.ServiceAddress("email", address)
    referral = referrals.refer_sighting_and_mail_service(
        sighting=sighting, words="Une lampe.", to=service, by=quarter.officer, at=at - DAY
    )
    outcome = Referral.Outcome.values[0]
    referrals.record_referral_outcome_and_notify(
        referral=referral, outcome=outcome, words="Réparée.", by=None, at=at - DAY / 2
    )


def _release_split_plan_and_answer_it(quarter: Quarter, number: int, at: datetime) -> None:
    """A street is to become a quarter of its own, in two months; somebody who lives there objects."""
    homes = quarter.partnership.memberships.exclude(person__household=None).values("person__household__street")
    street = streets_of(quarter.partnership.area).filter(pk__in=homes).earliest("pk")
    plan = quarter_changes.QuarterPlan(
        kind=QuarterChange.Kind.SPLIT,
        day=at.date() + 60 * DAY,
        reason="Trop grand.",
        key=f"canary-part-{number}",
        names={"fr": f"Partie {number}", "nl": f"Deel {number}"},
        parts=[StreetPart(street)],
    )
    change = quarter_changes.create_unannounced_quarter_change(
        partnership=quarter.partnership, plan=plan, by=quarter.officer, at=at - DAY
    )
    chief = Mandate.objects.get(area=zone_of(quarter.setting.nis), role=Role.CHIEF).person
    quarter_changes.release_quarter_change_and_tell_members(change=change, by=chief, at=at - DAY)
    told = change.members.select_related("membership__person").earliest("pk")
    quarter_changes.save_member_answer_to_quarter_change(
        told=told, answer=QuarterChangeMember.Answer.STAYS, by=told.membership.person, at=at - DAY / 2
    )
