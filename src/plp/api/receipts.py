"""What comes back from the SMS gateway: delivery reports, and replies (STOP, "my data", a coordinator's ``OK 4821``).

Both addresses hold a signature: nobody but the gateway of this installation knows them (T34). Nothing a caller sends is
logged; stored are ids, states, and what a member writes to the coordinator or the police.
"""

from urllib.parse import parse_qs

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from plp.api.kept_events import HANDLERS, handle_event_or_save_if_db_away
from plp.api.permissions import public
from plp.channels.sms.kannel import RECEIPT_PURPOSE, receipt_of_report
from plp.channels.sms.replies import is_gateway_callback_secret
from plp.delivery.actions import record_receipt_and_move_dispatch
from plp.delivery.channel import BadAddress, Receipt
from plp.delivery.installed import channels
from plp.exchange import actions as exchange
from plp.membership import replies
from plp.membership.trial_messages import store_answer_to_recent_trial
from plp.notices import actions as notices
from plp.people.queries import contacts_at
from plp.sightings.actions.questions import turn_reply_into_question
from plp.toolbox import clock
from plp.toolbox.crypto import is_valid_signature
from plp.toolbox.storable import strip_unstorable
from plp.wording.wishes import Wish, wish_of_reply

CHANNEL = "sms"
CHARSETS = {"utf-8": "utf-8", "utf-16be": "utf-16-be", "iso-8859-1": "latin-1", "windows-1252": "cp1252"}
MOST_FIELDS = 20
LONGEST_ID = 100


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def receive_sms_delivery_report(request: HttpRequest, reference: str, signature: str) -> HttpResponse:
    """A delivery report of one copy: ``?type=1|2|4|8|16``. Any order, any repetition, the same end (T35)."""
    if not is_valid_signature(reference, signature, purpose=RECEIPT_PURPOSE):
        raise Http404
    kind = request.GET.get("type", "")
    news = receipt_of_report(reference, int(kind)) if kind.isascii() and kind.isdecimal() and len(kind) < 4 else None
    if news is not None:
        handle_event_or_save_if_db_away("receipt", **news._asdict())
    return plain_text_response()


def record_sms_receipt(**fields: str) -> None:
    """A delivery report, now or as it was kept."""
    record_receipt_and_move_dispatch(channel=CHANNEL, receipt=Receipt(**fields), at=clock.now())


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def receive_sms_reply(request: HttpRequest, secret: str) -> HttpResponse:
    """A reply: ``?from=<number>&text=<words>&charset=<its charset>&id=<the gateway's own>``.

    STOP takes effect at once, for that number only; a code relays the message it came with. With an ``id`` a reply that
    is brought again is known (T34).

    What the answer says the gateway sends back: the receipt of a STOP, so that nothing more has to leave the outbox for
    that number. A cry for help is answered before all else. Other words of a member go to whoever reads the answers to
    the message that they got last (R127); those of a stranger are not kept.
    """
    if not is_gateway_callback_secret(secret):
        raise Http404
    sender, words = sender_and_text_of_reply(request.META.get("QUERY_STRING", ""))
    event = strip_unstorable(request.GET.get("id", ""))[:LONGEST_ID]
    named = f"sms:{event}" if event else ""
    return plain_text_response(handle_event_or_save_if_db_away("reply", sender=sender, words=words, event=named) or "")


def plain_text_response(text: str = "") -> HttpResponse:
    """An answer in plain words; Kannel sends nothing back where it is empty."""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def carry_out_sms_reply_and_return_answer(sender: str, words: str, *, event: str, says_back: bool = True) -> str:
    """Do what a reply wants of whoever has this number, and say it; a number we never write to is passed over.

    ``says_back``: what is answered goes to that number; else the receipt of a STOP leaves by the outbox.
    """
    try:
        number = channels()[CHANNEL].normalise(sender)
    except BadAddress:
        return ""
    contacts = list(contacts_at(CHANNEL, number).select_related("person"))
    if notices.relay_by_code_reply_and_answer(
        contacts=contacts, text=words, event=event, is_proven=True, at=clock.now()
    ):
        return ""
    is_trial = store_answer_to_recent_trial(contacts=contacts, words=words, at=clock.now())
    named = event or f"sms:{number}:{words}"
    if notices.answer_cry_for_help_if_one(contacts=contacts, text=words, event=named, by=None, at=clock.now()):
        return ""
    wish = wish_of_reply(words)
    if wish is Wish.STOP:
        exchange.forward_stop_of_address(channel=CHANNEL, address=number, how="sms", by=None, at=clock.now())
    if wish is not None:
        return replies.carry_out_wish_and_return_receipt(
            channel=CHANNEL, address=number, wish=wish, how="sms", says_back=says_back, at=clock.now()
        )
    if is_trial or notices.save_answer_for_police_if_to_notice(
        contacts=contacts, text=words, event=named, by=None, at=clock.now()
    ):
        return ""
    for contact in contacts:
        if turn_reply_into_question(contact=contact, text=words, event=named, at=clock.now()):
            break
    return ""


def sender_and_text_of_reply(query: str) -> tuple[str, str]:
    """Number and words of a reply, in whatever charset the gateway says (UTF-8, else Latin-1)."""
    try:
        fields = parse_qs(query, encoding="latin-1", max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than a gateway sends
        return "", ""
    raw = fields.get("text", [""])[0].encode("latin-1")
    charset = CHARSETS.get(fields.get("charset", [""])[0].lower(), "utf-8")
    try:
        words = raw.decode(charset)
    except UnicodeDecodeError:
        words = raw.decode("latin-1")
    sender = fields.get("from", [""])[0].strip()
    return (sender if sender.startswith(("+", "0")) else f"+{sender}"), strip_unstorable(words)


HANDLERS |= {"receipt": record_sms_receipt, "reply": carry_out_sms_reply_and_return_answer}
