"""Whoever wrote some of a message is kept beside it: for older ones, as author, texts and journal tell it."""

import uuid
from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

PREFIX = "notices.notice:"


def fill(apps, schema_editor):
    """A row for each writer that is known: of the message, and of what went into it, however far back."""
    alias = schema_editor.connection.alias
    notice, text, writer = (apps.get_model("notices", name) for name in ("Notice", "NoticeText", "NoticeWriter"))
    writers = defaultdict(set)
    for key, person in notice.objects.using(alias).exclude(author=None).values_list("pk", "author"):
        writers[key].add(person)
    for key, person in text.objects.using(alias).exclude(written_by=None).values_list("notice", "written_by"):
        writers[key].add(person)
    lines = apps.get_model("journal", "Entry").objects.using(alias).filter(target__startswith=PREFIX)
    acts = lines.filter(verb__in=["notice.drafted", "notice.written"]).exclude(actor="")
    for target, actor in acts.values_list("target", "actor").distinct():
        writers[uuid.UUID(target.removeprefix(PREFIX))].add(uuid.UUID(actor))
    _carry(writers, notice, alias)
    notices = set(notice.objects.using(alias).values_list("pk", flat=True))
    persons = set(apps.get_model("people", "Person").objects.using(alias).values_list("pk", flat=True))
    rows = (
        writer(notice_id=key, person_id=person)
        for key, found in writers.items()
        if key in notices
        for person in found & persons
    )
    writer.objects.using(alias).bulk_create(rows, batch_size=1000)


def _carry(writers, notice, alias):
    """Into a copy from its message, into a correction from what it corrects, into a digest from what it bundles."""
    rows = notice.objects.using(alias)
    edges = {
        *rows.exclude(lead=None).values_list("pk", "lead"),
        *rows.exclude(corrects=None).values_list("pk", "corrects"),
        *notice.bundles.through.objects.using(alias).values_list("to_notice", "from_notice"),
    }
    grows = True
    while grows:
        grows = False
        for key, origin in edges:
            if not writers[origin] <= writers[key]:
                writers[key] |= writers[origin]
                grows = True


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_append_only"),
        ("notices", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeWriter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="writers", to="notices.notice"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "person"), name="notice_writer_once"),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
