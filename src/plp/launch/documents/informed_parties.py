"""Who was told of the partnership, how, when and with which proof: the list of who must know (R13, R15, R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.documents import Grid
from plp.documents.dates import date_format
from plp.launch.documents.register import BY_KEY
from plp.launch.models import Consultation, Informing, Stakeholder
from plp.partnership.models import Partnership
from plp.places.queries import streets_of

MAYOR, PROSECUTOR = Consultation.Authority.MUNICIPALITY, Consultation.Authority.PROSECUTOR
PAPERS = {Informing.Means.LETTER: "letter_residents", Informing.Means.FOLDER: "folder"}  # in every letter box
LETTERS = {"letter_mayor": MAYOR, "letter_prosecutor": PROSECUTOR}
LEAST_ROWS, LEAST_EMPTY_ROWS = 10, 4


@dataclass(frozen=True)
class InformingByMeans:
    """What one means told: how many streets of the area and whether that is all of them, from when to when."""

    means: Informing.Means
    streets: int
    is_whole_area: bool
    first_on: date
    last_on: date
    carrier: str  # of a word in the press: which paper


@dataclass(frozen=True)
class InformedParties:
    """The authorities by their first talk, the streets by means, and the others who were told."""

    talks: Sequence[Consultation]
    streets: Sequence[InformingByMeans]
    stakeholders: Sequence[Stakeholder]


def gather_informed_parties(partnership: Partnership) -> InformedParties:
    """Gather them, in four queries. The police, who tell, are no row."""
    talks = Consultation.objects.filter(partnership=partnership).exclude(authority=Consultation.Authority.POLICE)
    first_talks = {talk.authority: talk for talk in talks.order_by("-held_on", "-at")}
    return InformedParties(
        talks=[first_talks[authority] for authority in Consultation.Authority.values if authority in first_talks],
        streets=_streets_by_means(partnership),
        stakeholders=list(partnership.stakeholders.exclude(told_on=None)),
    )


def letter_reference_line(parties: InformedParties, letter: str) -> str:
    """Under which reference ``letter`` is in the file, as the line after its day; nothing without one."""
    references = [talk.reference for talk in parties.talks if talk.authority == LETTERS.get(letter)]
    return "".join("\n" + _("Our reference: %s") % reference for reference in references if reference)


def _streets_by_means(partnership: Partnership) -> list[InformingByMeans]:
    area = set(streets_of(partnership.area).order_by().values_list("pk", flat=True))
    ticks = list(Informing.objects.filter(partnership=partnership).order_by("informed_on", "at"))
    rounds = []
    for means in Informing.Means:
        of_means = [tick for tick in ticks if tick.means == means and (tick.street_id in area or not tick.street_id)]
        streets = {tick.street_id for tick in of_means if tick.street_id}
        if of_means:
            days, is_whole = [tick.informed_on for tick in of_means], streets == area
            rounds.append(InformingByMeans(means, len(streets), is_whole, days[0], days[-1], of_means[0].carrier))
    return rounds


def informed_parties_table(parties: InformedParties, *, municipality: str, prosecutor: str, doors: str) -> Grid:
    """Who, told how, on which day, with which proof: by day, and rows to fill in. In the active language."""
    stakeholders = sorted(parties.stakeholders, key=lambda party: (party.proof, party.who))
    rows = [
        *(_row_of_talk(talk, municipality, prosecutor) for talk in parties.talks),
        *(_row_of_streets(informing, doors) for informing in parties.streets),
        *(_row_of_stakeholder(party, party.told_on) for party in stakeholders if party.told_on),
    ]
    lines = [line for _day, line in sorted(rows, key=lambda row: row[0])]
    head = [_("Who"), _("Told how"), _("On"), _("Proof (number or file)")]
    return Grid(head, [*lines, *[[""] * len(head)] * max(LEAST_EMPTY_ROWS, LEAST_ROWS - len(lines))])


def _row_of_talk(talk: Consultation, municipality: str, prosecutor: str) -> tuple[date, list[str]]:
    """An authority: mayor and prosecutor have the letter of the pack, which left by the day of the talk."""
    names = {MAYOR: _("Mayor (%s)") % municipality, PROSECUTOR: prosecutor}
    who = names.get(Consultation.Authority(talk.authority)) or talk.get_authority_display()
    how = str(Stakeholder.Means.LETTER.label) if talk.authority in names else _("talk or letter")
    return talk.held_on, [capfirst(who), how, _day_text(talk.held_on), talk.reference]


def _row_of_streets(informing: InformingByMeans, doors: str) -> tuple[date, list[str]]:
    is_press = informing.means == Informing.Means.PRESS
    if is_press:
        who = _("Readers of %s") % informing.carrier if informing.carrier else _("The readers")
    elif informing.is_whole_area:
        who = _("All addresses (%s)") % doors
    else:
        who = _("Streets: %s") % informing.streets
    paper = PAPERS.get(informing.means)
    days = " – ".join(dict.fromkeys([_day_text(informing.first_on), _day_text(informing.last_on)]))
    proof = informing.carrier if is_press else str(BY_KEY[paper].label) if paper else ""
    how = _("an article") if is_press and informing.carrier else str(informing.means.label)
    return informing.first_on, [who, how, days, proof]


def _row_of_stakeholder(party: Stakeholder, told_on: date) -> tuple[date, list[str]]:
    return told_on, [
        party.who,
        str(party.get_means_display()),
        _day_text(told_on),
        party.proof_in(get_language() or "fr") or _("a file"),
    ]


def _day_text(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
