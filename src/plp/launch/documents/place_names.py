"""The places that somebody must give, by name, with the words for "still missing" (R9). Data only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

GIVEN_PLACES: dict[str, Any] = {
    "streets": _("the streets of the area"),
    "doors": _("the number of addresses"),
    "purpose": _("the purpose of the partnership"),
    "motives": _("the reasons of the parties"),
    "all_motives": _("the reasons of the parties"),
    "expectations": _("the expectations of the parties"),
    "objectives": _("the objectives"),
    "evening_date": _("the date of the information evening"),
    "evening_time": _("the hour of the information evening"),
    "evening_until": _("the hour at which the information evening ends"),
    "evening_place": _("the hall of the information evening"),
    "evening_address": _("the address of the hall"),
    "evening_access": _("whether everybody can get into the hall"),
    "evening_link": _("the page of the information evening"),
    "survey_return": _("to whom the survey goes back"),
    "survey_until": _("the last day of the survey"),
    "area_languages": _("the languages of the area"),
    "message_languages": _("the languages of the messages"),
    "notification_way": _("the communication plan"),
    "police_contact": _("the telephone number of the police desk"),
    "coordinator_contact": _("the functional e-mail address of the coordinator"),
    "coordinator_phone": _("the telephone number of the coordination"),
    "officer_phone": _("the telephone number of the mandated police officer"),
    "officer": _("the mandated police officer"),
    "coordinator": _("the coordinator"),
    "deputies": _("who stands in for the coordinator"),
    "committee": _("the steering committee"),
    "contacts": _("the contact details of the partners"),
    "plan": _("the communication plan"),
    "plan_hands": _("the communication plan"),
    "plan_table": _("the communication plan"),
    "ways": _("the communication plan"),
    "ways_hours": _("the communication plan"),
    "costs": _("the costs and who pays them"),
    "finance": _("the costs and who pays them"),
    "signed_on": _("the day on which the charter was signed"),
    "recognised_on": _("the day of the recognition"),
    "launched_on": _("the day of the launch"),
    "launch_day": _("the day of the launch"),
    "members": _("the number of members"),
    "confirmed": _("the steps of the founding"),
}

# Places that name somebody: only in documents for those who deal with them (R43).
PERSONAL_PLACES = frozenset(
    "officer coordinator deputies committee contacts ballot votes_on_persons informed_parties screened_persons"
    " evening_chair screening_days screening_officers"
    " publisher mayor dear_mayor quotes charter_signers agreement_signers police_signer ministry_signers".split()
)
