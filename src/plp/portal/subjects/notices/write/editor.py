"""The page on which a message is written: one form per language beside one about the message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from plp.charter.kinds import KINDS
from plp.notices import actions as notices
from plp.notices.gaps import unfilled_gaps
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.reach import other_partnerships_chosen
from plp.people.models import Person
from plp.portal.subjects.notices.checks import FindingCard, finding_cards, short_text_length_values, texts_with_proposal
from plp.portal.subjects.notices.forms import quarter_label
from plp.portal.subjects.notices.lists import notice_row
from plp.portal.subjects.notices.reached_part import reached_part
from plp.portal.subjects.notices.write.forms import NoticeDetailsForm, NoticeTextForm
from plp.portal.subjects.notices.write.infoflash import gathering_context
from plp.toolbox.texts import LANGUAGES


def save_override_reasons(
    notice: Notice, cards: Sequence[FindingCard], typed: QueryDict, *, by: Person, at: datetime
) -> None:
    """Let each finding of a card pass for the reason that was typed there. Raises what the actions refuse."""
    for card in cards:
        reason = typed.get(card.key, "").strip()
        for judged in card.judgements if reason else ():
            if judged.blocks:
                finding = judged.finding
                about = {"language": judged.language, "rule": finding.rule, "excerpt": finding.excerpt}
                notices.save_override_of_finding_with_reason(notice=notice, **about, reason=reason, by=by, at=at)


class DraftEditor:
    """The forms of a draft, filled from what is stored or from what was typed."""

    def __init__(self, notice: Notice, typed: QueryDict | None) -> None:
        self.notice, self.typed = notice, typed
        self.stored = title_core_and_more_by_language(notice)
        self.about = NoticeDetailsForm(typed, notice=notice)
        own = notice.partnership.languages
        self.texts = [self._text_form(language) for language in [*own, *(one for one in LANGUAGES if one not in own)]]

    def _text_form(self, language: str) -> NoticeTextForm:
        initial = dict(zip(("title", "core", "more"), self.stored.get(language, ("", "", "")), strict=True))
        return NoticeTextForm(self.typed, language=language, initial=initial)

    def is_valid(self) -> bool:
        """Whether something was typed and all of it can be stored."""
        return all([self.about.is_valid(), *(form.is_valid() for form in self.texts)])

    def typed_texts(self) -> dict[str, tuple[str, str, str]]:
        """The words as they stand on the page."""
        if self.typed is None:
            return self.stored
        return {form.language: form.title_core_and_more() for form in self.texts if any(form.title_core_and_more())}

    def with_proposal(self, card_key: str) -> "DraftEditor":
        """The page with a sentence that passes in the place of the one on card ``card_key``; nothing is saved."""
        card = next((card for card in self._cards() if card.key == card_key), None)
        if card is None or self.typed is None:
            return self
        typed = self.typed.copy()
        for language, words in texts_with_proposal(self.typed_texts(), card).items():
            for name, text in zip(("title", "core", "more"), words, strict=True):
                typed[f"{language}-{name}"] = text
        return DraftEditor(self.notice, typed)

    def _cards(self, reader: str = LANGUAGES[0]) -> list[FindingCard]:
        return finding_cards(self.notice, self.typed_texts(), reader)

    @transaction.atomic
    def save_texts_details_and_reasons(self, *, by: Person, at: datetime) -> None:
        """Store the words, what belongs to them, and the reasons given. Raises what the actions refuse."""
        notices.set_details_of_draft(notice=self.notice, **self.about.notice_values(), by=by, at=at)
        for form in self.texts:
            title, core, more = form.title_core_and_more()
            if (title, core, more) != self.stored.get(form.language, ("", "", "")):
                notices.write_text_and_drop_composition(
                    notice=self.notice, language=form.language, title=title, core=core, more=more, by=by, at=at
                )
        save_override_reasons(self.notice, self._cards(), self.typed or QueryDict(), by=by, at=at)

    def check_context(self, reader: str, *, at: datetime) -> dict[str, Any]:
        """What the check says of the words on the page, in the language of the ``reader``."""
        words = self.typed_texts()
        cards = self._cards(reader)
        typed = self.typed or QueryDict()
        return {
            "notice": self.notice,
            "findings": [(card, typed.get(card.key, "")) for card in cards],
            "sayable": {card.key for card in cards},
            "held": any(card.blocks_message for card in cards),
            **short_text_length_values(self.notice, words, at=at),
            "gaps": unfilled_gaps(words),
            "written": bool(words),
        }

    def context(self, reader: str, *, at: datetime) -> dict[str, Any]:
        """Everything the page shows."""
        own = len(self.notice.partnership.languages)
        return {
            **self.check_context(reader, at=at),
            "row": notice_row(self.notice, reader),
            "is_composed": self.notice.composition is not None,
            "others": [quarter_label(one, reader) for one in other_partnerships_chosen(self.notice)],
            "part": reached_part(self.notice, at=at),
            "may_choose": not (self.notice.answers_id or self.notice.corrects_id),
            **gathering_context(self.notice),
            "kind": KINDS[self.notice.kind],
            "about": self.about,
            "texts": self.texts[:own],
            "other_texts": self.texts[own:],
            "others_open": any(
                any(form.title_core_and_more()) or form.language in self.stored for form in self.texts[own:]
            ),
        }
