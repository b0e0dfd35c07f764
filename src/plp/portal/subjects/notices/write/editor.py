"""The page on which a message is written: one form per language beside one about the message."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from plp.charter.kinds import KINDS
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import check_texts, words_of
from plp.notices.queries.reach import chosen_quarters
from plp.notices.rules.infoflash import may_wait_for_infoflash
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.portal.subjects.notices.checks import findings_of, lengths_of, reason_field_name, replace_held_sentence
from plp.portal.subjects.notices.forms import quarter_label
from plp.portal.subjects.notices.lists import row
from plp.portal.subjects.notices.reached_part import reached_part
from plp.portal.subjects.notices.write.forms import AboutForm, TextForm
from plp.toolbox.texts import LANGUAGES


class Editor:
    """The forms of a draft, filled from what is stored or from what was typed."""

    def __init__(self, notice: Notice, typed: QueryDict | None) -> None:
        self.notice, self.typed = notice, typed
        self.stored = words_of(notice)
        self.about = AboutForm(typed, notice=notice)
        own = notice.partnership.languages
        self.texts = [self._text(language) for language in [*own, *(one for one in LANGUAGES if one not in own)]]

    def _text(self, language: str) -> TextForm:
        initial = dict(zip(("title", "core", "more"), self.stored.get(language, ("", "", "")), strict=True))
        return TextForm(self.typed, language=language, initial=initial)

    def is_valid(self) -> bool:
        """Whether something was typed and all of it can be stored."""
        return all([self.about.is_valid(), *(form.is_valid() for form in self.texts)])

    def words(self) -> dict[str, tuple[str, str, str]]:
        """The words as they stand on the page."""
        if self.typed is None:
            return self.stored
        return {form.language: form.words() for form in self.texts if any(form.words())}

    def with_proposal(self, key: str) -> "Editor":
        """The page with a sentence that passes in the place of the one that finding ``key`` holds; nothing is saved."""
        replaced = replace_held_sentence(self.notice, self.words(), key)
        if replaced is None or self.typed is None:
            return self
        language, words = replaced
        typed = self.typed.copy()
        for name, text in zip(("title", "core", "more"), words, strict=True):
            typed[f"{language}-{name}"] = text
        return Editor(self.notice, typed)

    @transaction.atomic
    def save(self, *, by: Person, at: datetime) -> None:
        """Store the words, what belongs to them, and the reasons given. Raises what the actions refuse."""
        notices.describe_notice(notice=self.notice, **self.about.described(), by=by, at=at)
        for form in self.texts:
            title, core, more = form.words()
            if (title, core, more) != self.stored.get(form.language, ("", "", "")):
                notices.write_text(
                    notice=self.notice, language=form.language, title=title, core=core, more=more, by=by, at=at
                )
        for judged in check_texts(self.notice, self.words()):
            given = (self.typed or QueryDict()).get(reason_field_name(judged), "").strip()
            if given and judged.blocks:
                notices.override_finding(
                    notice=self.notice,
                    language=judged.language,
                    rule=judged.finding.rule,
                    excerpt=judged.finding.excerpt,
                    reason=given,
                    by=by,
                    at=at,
                )

    def check_context(self, reader: str, *, at: datetime) -> dict[str, Any]:
        """What the check says of the words on the page, in the language of the ``reader``."""
        words = self.words()
        found = findings_of(self.notice, words, reader)
        typed = self.typed or QueryDict()
        return {
            "notice": self.notice,
            "findings": [(one, typed.get(one.key, "")) for one in found],
            "held": any(one.judged.blocks for one in found),
            "lengths": lengths_of(self.notice, words, at=at),
            "written": bool(words),
            "may_say": True,
        }

    def context(self, reader: str, *, at: datetime) -> dict[str, Any]:
        """Everything the page shows."""
        own = len(self.notice.partnership.languages)
        return {
            **self.check_context(reader, at=at),
            "row": row(self.notice, reader),
            "is_composed": self.notice.composition is not None,
            "others": [quarter_label(one, reader) for one in chosen_quarters(self.notice)],
            "part": reached_part(self.notice, at=at),
            "may_choose": not (self.notice.answers_id or self.notice.corrects_id),
            "may_gather": may_wait_for_infoflash(self.notice.kind) and not self.notice.corrects_id,
            "gathers_first": self.notice.partnership.kind == Partnership.Kind.TRADERS,
            "kind": KINDS[self.notice.kind],
            "about": self.about,
            "texts": self.texts[:own],
            "other_texts": self.texts[own:],
            "others_open": any(any(form.words()) or form.language in self.stored for form in self.texts[own:]),
        }
