"""What citizens told in the demonstration: something seen, for the police; questions, for coordinator and police."""

from datetime import datetime, time, timedelta

from plp.demo.founding_texts import OTHER_STREET
from plp.demo.quarter import Quarter
from plp.membership.models import Membership
from plp.people.models import Person
from plp.places.queries import municipality_of
from plp.sightings.actions import questions, sightings
from plp.sightings.models import Sighting
from plp.toolbox.clock import local

SEEN = {
    "fr": ("Un homme essayait les portières des voitures garées.", "Il est parti à vélo vers la gare."),
    "nl": ("Een man probeerde de deuren van geparkeerde auto’s.", "Hij vertrok per fiets naar het station."),
    "de": ("Ein Mann prüfte die Türen geparkter Autos.", "Er fuhr mit dem Rad zum Bahnhof."),
}
LATER = {
    "fr": "Merci. Une patrouille est passée et repassera ce soir.",
    "nl": "Dank u. Een patrouille is geweest en komt vanavond terug.",
    "de": "Danke. Eine Streife war dort und kommt heute Abend wieder.",
}
ASKED = {
    "fr": ("Quand est la prochaine réunion ?", "Le premier jeudi de mars, à 20 heures."),
    "nl": ("Wanneer is de volgende vergadering?", "De eerste donderdag van maart, om 20 uur."),
    "de": ("Wann ist die nächste Versammlung?", "Am ersten Donnerstag im März, um 20 Uhr."),
}
AGREED = {
    "fr": "Bonne idée. Nous le ferons en avril avec la commune. La date suivra.",
    "nl": "Goed idee. We doen dit in april met de gemeente. De datum volgt.",
    "de": "Gute Idee. Wir machen das im April mit der Gemeinde. Der Tag folgt.",
}
OPEN = {
    "fr": "Pourrait-on graver les vélos dans le quartier au printemps ?",
    "nl": "Kunnen we in het voorjaar fietsen laten labelen in de wijk?",
    "de": "Könnten wir im Frühling Fahrräder im Viertel codieren lassen?",
}


def add_sightings_and_questions(quarters: list[Quarter], *, at: datetime) -> None:
    """In each municipality a report that waits and one that was answered; in each partnership questions."""
    for quarter in {quarter.setting.register: quarter for quarter in quarters}.values():
        add_answered_sighting(quarter, at - timedelta(days=6))
        _report_sighting(quarter, at - timedelta(hours=5))
    for quarter in quarters:
        _ask_questions_in_every_state(quarter, at)


def add_answered_sighting(quarter: Quarter, at: datetime) -> None:
    """A report that the police answered the next day."""
    words = LATER[quarter.setting.languages[0]]
    sightings.answer_sighting_and_tell_reporter(
        sighting=_report_sighting(quarter, at), words=words, by=quarter.officer, at=at + timedelta(days=1)
    )


def add_answered_opinion(quarter: Quarter, at: datetime) -> None:
    """An opinion to the police that they answered."""
    language = quarter.setting.languages[0]
    opinion = questions.NewQuestion(
        quarter.partnership, "police", "opinion", OPEN[language], language, asker=_longest_standing_member(quarter)
    )
    question = questions.ask_question_via_police(new_question=opinion, by=opinion.asker, at=at)
    questions.answer_question_and_notify_asker(
        question=question, words=AGREED[language], by=quarter.officer, at=at + timedelta(days=3)
    )


def _longest_standing_member(quarter: Quarter) -> Person:
    """Who has been a member for longest, beside the coordinator and the deputy, who answer."""
    members = Membership.objects.filter(partnership=quarter.partnership, state="active")
    return members.exclude(person__in=(quarter.coordinator, quarter.deputy)).earliest("asked_at").person


def _report_sighting(quarter: Quarter, at: datetime) -> Sighting:
    """Somebody saw something the evening before."""
    setting, language = quarter.setting, quarter.setting.languages[0]
    account = sightings.SightingReport(
        municipality=municipality_of(setting.nis),
        place=f"{OTHER_STREET[language]}, {setting.postcode}",
        kind="behaviour",
        day=(local(at) - timedelta(days=1)).date(),
        clock=time(22, 40),
        language=language,
        facts={"behaviour": SEEN[language][0], "direction": SEEN[language][1], "number": "1"},
    )
    return sightings.file_and_assign_sighting(report=account, by=None, at=at)


def _ask_questions_in_every_state(quarter: Quarter, at: datetime) -> None:
    """One that was answered and shared, one that waits, one to the police, and one that they have not passed on."""
    language, partnership = quarter.setting.languages[0], quarter.partnership
    member = _longest_standing_member(quarter)
    question, answer = ASKED[language]
    form = questions.NewQuestion(
        partnership, "coordinator", "question", question, language, asker=member, shows_name=True
    )
    first_question = questions.ask_question_via_police(new_question=form, by=member, at=at - timedelta(days=12))
    questions.pass_question_to_coordinator(question=first_question, by=quarter.officer, at=at - timedelta(days=12))
    questions.answer_question_and_notify_asker(
        question=first_question, words=answer, by=quarter.coordinator, at=at - timedelta(days=11)
    )
    questions.share_answer(
        question=first_question,
        language=language,
        question_text=question,
        answer_text=answer,
        by=quarter.coordinator,
        at=at - timedelta(days=11),
    )
    for to, kind, words, days in (
        ("coordinator", "opinion", OPEN[language], 2),
        ("police", "opinion", OPEN[language], 2),
        ("coordinator", "question", question, 1),
    ):
        waiting = questions.NewQuestion(partnership, to, kind, words, language, asker=member)
        new_question = questions.ask_question_via_police(new_question=waiting, by=member, at=at - timedelta(days=days))
        if new_question.for_coordinator and days > 1:
            questions.pass_question_to_coordinator(question=new_question, by=quarter.officer, at=at - timedelta(days=1))
