"""What somebody said before stays with those who could read it; where it holds a number plate, with the police alone."""

import re

from django.db import migrations, models

PLATE = re.compile(
    r"(?<![\w-])(?:[1-9OTMQWZG][ .-]?)?(?:[A-Z]{3}[ .-]?\d{3}|\d{3}[ .-]?[A-Z]{3})(?![\w-])", re.IGNORECASE
)


def pass_on(apps, schema_editor):
    """Words that whoever decides could read until today were passed on when they were written."""
    files = apps.get_model("measures", "File").objects.using(schema_editor.connection.alias)
    for file in files.exclude(words_at=None).filter(words_passed_on_at=None):
        if not PLATE.search(file.words):
            file.words_passed_on_at = file.words_at
            file.save(update_fields=["words_passed_on_at"])


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("file", "words_passed_on_at", models.DateTimeField(null=True)),
        migrations.RunPython(pass_on, migrations.RunPython.noop, elidable=True),
    ]
