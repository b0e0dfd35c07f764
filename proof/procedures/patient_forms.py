"""The stage of ``web_forms`` on a database whose leader dies: what it is told to do is done again until it is done."""

from proof.procedures import message_queue, web_forms
from proof.procedures.patience import retry_while_database_away

ORDERS = {name: retry_while_database_away(order) for name, order in web_forms.ORDERS.items()}


def obey() -> None:
    """Until standard input ends."""
    message_queue.obey(ORDERS)
