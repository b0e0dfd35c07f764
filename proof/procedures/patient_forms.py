"""The stage of ``web_forms`` on a database whose leader dies: what it is told to do is done again until it is done."""

from proof.procedures import message_queue, web_forms
from proof.procedures.patience import retry_while_database_away

PROCEDURES = {name: retry_while_database_away(procedure) for name, procedure in web_forms.PROCEDURES.items()}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
