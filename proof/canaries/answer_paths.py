"""What a witness types, on every path by which a member answers: each leaves a token for the police alone (R127)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from plp.api.receipts import carry_out_sms_reply_and_return_answer
from plp.channels.email.incoming_mail import IncomingMail
from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.demo.message_texts import REQUEST
from plp.demo.notice_journey import write_release_and_relay_notice
from plp.notices import actions as notices
from plp.notices.models import HelpCall, Notice, NoticeAnswer
from plp.ops.inbox import relay_or_carry_out_or_forward_mail
from plp.people.models import ContactPoint
from plp.toolbox import clock
from proof.canaries.fields import personal_text_field_numbers
from proof.canaries.notice_series import quarter_of_seed
from proof.canaries.scanner import find_tokens_in_file_content
from proof.canaries.tokens import Token
from proof.harness.identities import IdentityBrowser

ANSWER, CRY = "notices.NoticeAnswer.words", "notices.HelpCall.words"
STRANGER = "+32479999999"  # who sends what a neighbour got by letter
PATHS = 6  # SMS, mail, form, code of a letter, key of a call, cry for help


def answer_by_every_path(seed: Mapping[str, Any]) -> int:
    """A request for information in each partnership, answered by every path; answer how many answers were taken."""
    return sum(_AnsweringMembers(seed, quarter).answer_by_each_path_and_count() for quarter in seed["partnerships"])


class _AnsweringMembers:
    """The members of one partnership who got the request, and what each of them types."""

    def __init__(self, seed: Mapping[str, Any], partnership: Mapping[str, Any]) -> None:
        self.seed = seed
        self.notice: Notice = write_release_and_relay_notice(
            quarter_of_seed(seed, partnership), REQUEST, at=clock.now()
        )
        waiting = Dispatch.objects.filter(message__subject=self.notice.pk, due_at__gt=clock.now())
        waiting.update(due_at=clock.now())  # at any hour of the day their hour has come: what waits is not answered
        self.copies = Dispatch.objects.filter(
            message__subject=self.notice.pk,
            message__purpose="notice.information_request",
            contact__confirmed_at__lt=clock.now(),
        ).select_related("contact__person", "message")

    def answer_by_each_path_and_count(self) -> int:
        """Each path once. Raises ``RuntimeError`` when one of them took nothing."""
        by_sms, crying = self._first_two_copies_by_channel("sms")[:2]
        by_mail, by_form = self._first_two_copies_by_channel("email")[:2]
        by_letter = self._first_two_copies_by_channel("paper")[0]
        carry_out_sms_reply_and_return_answer(
            _contact_or_raise(by_sms).address,
            self._words_with_token_of_recipient("J'ai vu une plaque", by_sms, ANSWER),
            event=f"a{by_sms.pk}",
        )
        mail = self._words_with_token_of_recipient("Une veste rouge", by_mail, ANSWER)
        sender, event = _contact_or_raise(by_mail).address, f"mail:{by_mail.pk}"
        relay_or_carry_out_or_forward_mail(
            IncomingMail(sender=sender, words=mail, subject="Re: Appel", event=event, is_proven=True)
        )
        self._submit_answer_form(by_form)
        letter = self._words_with_token_of_recipient(
            f"{answer_code(by_letter.pk)} Elle roulait vite", by_letter, ANSWER
        )
        carry_out_sms_reply_and_return_answer(STRANGER, letter, event=f"b{by_letter.pk}")
        notices.record_notice_of_call_heard(
            message=by_letter.message, by=_contact_or_raise(by_letter).person, at=clock.now()
        )
        cry = self._words_with_token_of_recipient("Au secours, un voleur est dans ma maison", crying, CRY)
        carry_out_sms_reply_and_return_answer(_contact_or_raise(crying).address, cry, event=f"c{crying.pk}")
        return self._count_paths_taken_or_raise()

    def _first_two_copies_by_channel(self, channel: str) -> list[Dispatch]:
        return list(self.copies.filter(channel=channel).order_by("pk")[:2])

    def _words_with_token_of_recipient(self, words: str, dispatch: Dispatch, field: str) -> str:
        """Words with a token of whoever types them."""
        owner = min(find_tokens_in_file_content(_contact_or_raise(dispatch).person.name.encode(), self.seed["canary"]))
        token = Token(owner.plp, owner.person, personal_text_field_numbers()[field])
        return f"{words} {token.as_letters(self.seed['canary'])}"

    def _submit_answer_form(self, dispatch: Dispatch) -> None:
        browser = IdentityBrowser("anonymous", self.seed)
        address = reverse("notices:answers:form", args=[answer_code(dispatch.pk)])
        typed = {"act": "answer", "words": self._words_with_token_of_recipient("Vers 22 h, un bruit", dispatch, ANSWER)}
        browser.client.post(address, typed, secure=browser.secure)

    def _count_paths_taken_or_raise(self) -> int:
        """How many paths were taken: four answers, one who heard, one who cries."""
        answers = NoticeAnswer.objects.filter(notice=self.notice).count()
        calls = HelpCall.objects.filter(partnership=self.notice.partnership, cause=HelpCall.Cause.CRY).count()
        heard = self.notice.acknowledgements.count()
        if (answers, calls, heard) != (4, 1, 1):
            raise RuntimeError(f"answers {answers}, calls for help {calls}, heard {heard}")
        return answers + calls + heard


def _contact_or_raise(dispatch: Dispatch) -> ContactPoint:
    if dispatch.contact is None:
        raise RuntimeError("a copy without a contact")
    return dispatch.contact
