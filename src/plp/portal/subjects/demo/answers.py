"""Answers in the demonstration: what a gateway or a mailbox would bring in."""

from datetime import datetime

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.membership import replies
from plp.notices import actions as notices
from plp.people.queries import contacts_at
from plp.sightings.actions.questions import turn_reply_into_question
from plp.wording.wishes import wish_of_reply


def act_on_demo_reply_as_on_real_one(channel_key: str, sender: str, text: str, *, at: datetime) -> None:
    """Do what somebody asks who answers by the channel ``channel_key`` from ``sender``. Here every sender is proven."""
    channel = channels().get(channel_key)
    try:
        address = channel.normalise(sender) if channel else ""
    except BadAddress:
        return
    event = f"demo:{channel_key}:{address}:{at.isoformat()}:{text}"
    contacts = list(contacts_at(channel_key, address).select_related("person"))
    if notices.relay_by_code_reply_and_answer(contacts=contacts, text=text, event=event, is_proven=True, at=at):
        return
    if notices.answer_cry_for_help_if_one(contacts=contacts, text=text, event=event, by=None, at=at):
        return
    wish = wish_of_reply(text)
    if wish is not None:
        replies.carry_out_wish_and_return_receipt(channel=channel_key, address=address, wish=wish, how="demo", at=at)
        return
    if notices.save_answer_for_police_if_to_notice(contacts=contacts, text=text, event=event, by=None, at=at):
        return
    for contact in contacts:
        if turn_reply_into_question(contact=contact, text=text, event=event, at=at):
            return
