"""Celery as a peer: each task sends ten mails over one connection, as django-celery-email does by default.

``PLP_BENCH_BROKER`` and ``PLP_BENCH_PORT`` say where broker and sink are.
"""

import os

from celery import Celery

from bench.peers import configure, copy

CHUNK = 10
configure(int(os.environ.get("PLP_BENCH_PORT", "25")))
app = Celery("bench", broker=os.environ.get("PLP_BENCH_BROKER", "memory://"))
app.conf.update(task_ignore_result=True, worker_hijack_root_logger=False, broker_connection_retry_on_startup=True)


@app.task
def send(first: int, number: int) -> None:
    """Send the mails with these numbers."""
    from django.core import mail  # noqa: PLC0415 - after the settings

    letters = [copy(place) for place in range(first, first + number)]
    made = [mail.EmailMultiAlternatives(subject, body, "plp@example.be", [to]) for to, subject, body, _ in letters]
    for letter, (_, _, _, html) in zip(made, letters, strict=True):
        letter.attach_alternative(html, "text/html")
    mail.mailers["default"].send_messages(made)


def publish(number: int) -> None:
    """Put so many mails before the workers."""
    for first in range(0, number, CHUNK):
        send.delay(first, min(CHUNK, number - first))
