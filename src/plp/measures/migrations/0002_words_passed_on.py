"""What somebody said before stays with those who could read it: the police alone, where it tells of somebody seen."""

from django.db import migrations, models

from plp.wording.witness import is_for_police


def pass_on(apps, schema_editor):
    """Words that whoever decides could read until today were passed on when they were written."""
    files = apps.get_model("measures", "File").objects.using(schema_editor.connection.alias)
    for file in files.exclude(words_at=None).filter(words_passed_on_at=None).select_related("person"):
        if not is_for_police(file.words, language=file.person.language):
            file.words_passed_on_at = file.words_at
            file.save(update_fields=["words_passed_on_at"])


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("file", "words_passed_on_at", models.DateTimeField(null=True)),
        migrations.RunPython(pass_on, migrations.RunPython.noop, elidable=True),
    ]
