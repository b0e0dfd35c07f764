"""Words that were passed on once stop no signature any more."""

from django.db import migrations, models
from django.db.models import F


def note_first(apps, schema_editor):
    """What is passed on today was passed on before."""
    files = apps.get_model("measures", "File").objects.using(schema_editor.connection.alias)
    files.filter(words_first_passed_on_at=None).update(words_first_passed_on_at=F("words_passed_on_at"))


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_words_passed_on")]

    operations = [
        migrations.AddField("file", "words_first_passed_on_at", models.DateTimeField(null=True)),
        migrations.RunPython(note_first, migrations.RunPython.noop, elidable=True),
    ]
