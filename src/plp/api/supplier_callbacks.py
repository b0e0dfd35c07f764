"""What a supplier of SMS over HTTP brings: receipts and replies, each signed as its description says (T34).

A request is hostile until its signature was looked at: too long, mistyped or forged is refused with 4xx. Nothing that a
caller sends is logged.
"""

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from plp.api.kept_events import HANDLERS, handle_event_or_save_if_db_away
from plp.api.permissions import public
from plp.api.receipts import carry_out_sms_reply_and_return_answer, plain_text_response
from plp.channels.sms.channel import callback_origin, supplier_accounts
from plp.channels.sms.suppliers.account import SupplierAccount
from plp.channels.sms.suppliers.callbacks import (
    LONGEST_CALLBACK,
    BrokenCallback,
    IncomingSms,
    parse_callback_fields,
    receipts_and_replies_in_fields,
)
from plp.channels.sms.suppliers.signatures import SignedRequest, is_genuine_request
from plp.delivery.channel import Receipt
from plp.delivery.references import parse_reference
from plp.toolbox import clock

REMEMBERED = 40 * 86_400  # seconds for which a reply that is brought again is known
REFUSED, BROKEN, TOO_LONG = 403, 400, 413


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def receive_supplier_callback(request: HttpRequest, supplier: str, secret: str) -> HttpResponse:
    """Receipts and replies of the supplier ``supplier``; ``secret`` is that of this installation.

    ``?copy=`` is our reference of a copy, where the supplier was given one. A receipt of what we do not know is parked.
    """
    account = next((account for account in supplier_accounts() if account.supplier_key == supplier), None)
    if account is None or not account.is_callback_secret(secret):
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or ""
    if (length.isdecimal() and int(length) > LONGEST_CALLBACK) or len(request.body) > LONGEST_CALLBACK:
        return HttpResponse(status=TOO_LONG)
    query = request.META.get("QUERY_STRING", "")
    copy = request.GET.get("copy", "")
    try:
        fields = parse_callback_fields(account.description.callbacks.content, query, request.body)
        if not is_genuine_request(
            account, _request_as_supplier_signed_it(request, fields), now=clock.now().timestamp()
        ):
            return HttpResponse(status=REFUSED)
        events = receipts_and_replies_in_fields(account, fields, reference=copy if parse_reference(copy) else "")
    except BrokenCallback:
        return HttpResponse(status=BROKEN)
    for event in events:
        _record_receipt_or_handle_reply(account, event)
    return plain_text_response()


def _request_as_supplier_signed_it(request: HttpRequest, fields: object) -> SignedRequest:
    """The request as the supplier signed it: under our public address, which a proxy may have taken away."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return SignedRequest(f"{callback_origin()}{request.get_full_path()}", headers, request.body, fields)


def _record_receipt_or_handle_reply(account: SupplierAccount, event: Receipt | IncomingSms) -> None:
    """Keep a receipt, or do what a reply wants, once."""
    if isinstance(event, Receipt):
        handle_event_or_save_if_db_away("receipt", **event._asdict())
    else:
        handle_event_or_save_if_db_away("supplier_reply", supplier=account.supplier_key, **event._asdict())


def carry_out_supplier_reply_once(*, supplier: str, sender: str, words: str, event: str) -> None:
    """A reply that a supplier brought, now or as it was kept; a second time changes nothing."""
    with transaction.atomic():
        if not event or cache.add(f"{supplier}:{event}", 1, REMEMBERED):
            carry_out_sms_reply_and_return_answer(sender, words, event=event, says_back=False)


HANDLERS["supplier_reply"] = carry_out_supplier_reply_once
