"""A stage for measures: the mayor, a member, files brought to a step by the shortest way."""

from datetime import datetime, timedelta

from plp.mandates.grants import Role
from plp.measures.actions import files, steps
from plp.measures.ladders import MEMBER, OFFICE
from plp.measures.models import File, Measure, OwnWords
from plp.measures.queries import own_words_for, words_fingerprint, words_kept_from
from plp.measures.states import MeasureGround, MeasureStep
from plp.people.models import Person
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, contact, hold, member, person

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Stage(Cast):
    """Everybody, the municipality, and a member who can be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.mayor = person("Maud Voorbeeld", "nl")
        hold(self.mayor, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/"))
        self.member = member(self.here.partnership, "Marc Membre")
        contact(self.member, "email", "marc@example.org")

    def signer(self, role: Role) -> Person:
        """Who signs for an office here."""
        return {
            Role.COORDINATOR: self.here.coordinator,
            Role.OFFICER: self.officer,
            Role.CHIEF: self.chief,
            Role.MUNICIPALITY: self.mayor,
        }[role]

    def about_member(self, *, talked: bool = True) -> File:
        """A file about the member, after a talk."""
        return self._file(MEMBER, self.member, self.here.coordinator, talked=talked)

    def about_coordinator(self, *, talked: bool = True) -> File:
        """A file about the coordinator, after a talk."""
        return self._file(OFFICE, self.here.coordinator, self.officer, talked=talked)

    def _file(self, ladder: object, someone: Person, by: Person, *, talked: bool) -> File:
        file = files.open_measures_file(partnership=self.here.partnership, person=someone, ladder=ladder, by=by, at=NOW)
        if talked:
            files.note_talk_and_notify(file=file, held_on=NOW.date(), came=True, by=self.officer, at=NOW)
        return file

    def said(self, file: File, words: str = "Je n’étais pas là. Mon voisin a menti.", at: datetime = NOW) -> OwnWords:
        """What the person concerned says for themselves."""
        return files.write_own_words_and_notify(file=file, words=words, by=file.person, at=at)

    def pass_on(self, words: OwnWords, by: Person | None = None, at: datetime = NOW) -> None:
        """The police pass on what they read."""
        files.pass_on_or_keep_own_words(words=words, passes_on=True, by=by or self.officer, at=at)

    def keep(self, words: OwnWords, by: Person | None = None, at: datetime = NOW) -> None:
        """The police keep to themselves what they read."""
        files.pass_on_or_keep_own_words(words=words, passes_on=False, by=by or self.officer, at=at)

    def proposed(self, file: File, step: MeasureStep, at: datetime = NOW) -> Measure:
        """A step that waits for its first signature."""
        grounds = [MeasureGround.HARM, MeasureGround.RULES]
        return steps.propose_measure_and_ask_signature(
            file=file, step=step, grounds=grounds, happened_on=None, by=self.officer, at=at
        )

    def taken(self, file: File, step: MeasureStep, at: datetime = NOW) -> Measure:
        """A step that every office signed."""
        measure = self.proposed(file, step, at)
        for role in measure.rung.signers:
            self.sign(measure, role, at)
        measure.refresh_from_db()
        return measure

    def sign(
        self, measure: Measure, role: Role, at: datetime = NOW, by: Person | None = None, words: str | None = None
    ) -> None:
        """An office signs what it was shown; ``words``: the fingerprint of those of the person."""
        if words is None:
            kept = words_kept_from(measure.file, [role])
            words = words_fingerprint(own_words_for(measure.file, [role]), kept=kept)
        steps.sign_measure_and_apply_when_complete(
            measure=measure,
            slot=role,
            fingerprint=measure.fingerprint,
            words_fingerprint=words,
            proven_at=at,
            by=by or self.signer(role),
            at=at,
        )
