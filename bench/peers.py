"""The peers of the outbox on the same sink: Django's send_mass_mail, django-post_office, django-mailer, Celery with
RabbitMQ, and Postfix's smtp-source, which makes nothing and keeps nothing.

``python -m bench.peers NAME PORT`` runs one of the first three in a process and a folder of its own: for each number
that it reads it sends so many mails, and prints their seconds.
"""

# ruff: noqa: PLC0415 - Django is imported after its settings were made
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def configure(port: int, *, older: bool = False) -> None:
    """A small Django project with its own database. ``older``: its mail is set up as before Django 6.1."""
    from django.conf import settings

    folder = Path(tempfile.mkdtemp(prefix="plp-peer-"))
    settings.configure(
        SECRET_KEY="bench",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "post_office", "mailer"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "peer.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        **(_older(port) if older else _mailers(port)),
        POST_OFFICE={"BATCH_SIZE": 1000, "DEFAULT_PRIORITY": "medium", "LOG_LEVEL": 1},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    import django

    django.setup()


def _mailers(port: int) -> dict[str, Any]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port}}}}


def _older(port: int) -> dict[str, Any]:
    return {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_BACKEND": "mailer.backend.DbBackend",
        "MAILER_USE_FILE_LOCK": False,
        "MAILER_EMPTY_QUEUE_SLEEP": 0,
    }


def copy(number: int) -> tuple[str, str, str, str]:
    """Recipient, subject, plain text and HTML: the same words as ours, one person's."""
    body = f"Bonjour Élise {number},\n\n" + "Fermez portes et fenêtres. Des vols ont été commis cette semaine.\n" * 9
    return f"member{number}@example.be", "Vols dans le quartier", body, f"<p>{body}</p>".replace("\n", "<br>\n")


def mass(number: int) -> float:
    """Django's own way: plain text, one connection, one message after the other, no record of anything."""
    from django.core import mail

    begun = time.perf_counter()
    letters = []
    for place in range(number):
        recipient, subject, body, _ = copy(place)
        letters.append((subject, body, "plp@example.be", [recipient]))
    mail.send_mass_mail(letters)
    return time.perf_counter() - begun


def post_office(number: int) -> float:
    """django-post_office: rows in a table, sent by its two processes, results recorded."""
    from django.core.management import call_command
    from post_office import mail

    call_command("migrate", verbosity=0)
    kwargs = [
        {
            "recipients": [recipient],
            "sender": "plp@example.be",
            "subject": subject,
            "message": body,
            "html_message": html,
        }
        for recipient, subject, body, html in map(copy, range(number))
    ]
    mail.send_many(kwargs)
    begun = time.perf_counter()
    call_command("send_queued_mail", processes=2, log_level=1, verbosity=0)
    return time.perf_counter() - begun


def mailer(number: int) -> float:
    """django-mailer: each row is sent, logged and deleted in a transaction of its own, by its one process."""
    from django.core import mail
    from django.core.management import call_command
    from mailer.engine import send_all

    call_command("migrate", verbosity=0)
    letters = []
    for recipient, subject, body, html in map(copy, range(number)):
        letter = mail.EmailMultiAlternatives(subject, body, "plp@example.be", [recipient])
        letter.attach_alternative(html, "text/html")
        letters.append(letter)
    mail.get_connection().send_messages(letters)
    begun = time.perf_counter()
    send_all()
    return time.perf_counter() - begun


PEERS: dict[str, Callable[[int], float]] = {"mass": mass, "post_office": post_office, "mailer": mailer}

if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    logging.disable(logging.CRITICAL)
    name, port = sys.argv[1], int(sys.argv[2])
    configure(port, older=name == "mailer")
    for line in sys.stdin:
        print(f"seconds {PEERS[name](int(line))}", flush=True)
