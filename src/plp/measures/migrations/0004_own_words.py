"""What somebody says for themselves stands in rows that never change. No release had the two columns that go here.

What stood there before the police read first stays with those who could read it, but where it holds a number plate:
that waits for the police. What a coordinator says for themselves waits for nobody. The words of 0.2.0 stay in their column for whoever goes back to it.
"""

import re

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.recorder import MigrationRecorder

import plp.toolbox.crypto
import plp.toolbox.ids

DASH = r"[.\u2010-\u2015-]"
GAP = rf"(?:{DASH}| )?"
FORMS = (
    rf"(?i:[1-9]{GAP}[A-Z]{{3}}{GAP}\d{{3}}|[A-Z]{{3}}{DASH}\d{{3}}|\d{{3}}{DASH}[A-Z]{{3}})",  # Belgium: 1-ABC-123, ABC-123
    r"(?!GSM|SMS|TEL)[A-Z]{3} ?(?!10[0-2]|112)\d{3}|(?!10[0-2]|112)\d{3} ?(?!EUR)[A-Z]{3}",
    rf"[A-Z]{GAP}[A-Z]{{3}}{GAP}\d{{2,3}}",  # taxis, old-timers
    rf"(?i:[A-Z]{{2}}{DASH}\d{{3}}{DASH}[A-Z]{{2}})|[A-Z]{{2}} ?\d{{3}} ?[A-Z]{{2}}",  # France
    rf"(?i:(?=.{{0,7}}\d)(?=.{{0,7}}[A-Z])(?=.{{8}}(?!\w))[A-Z\d]{{1,3}}{DASH}[A-Z\d]{{2,3}}{DASH}[A-Z\d]{{1,3}})",  # Netherlands
    r"[A-ZÄÖÜ]{1,3}[ :\u2010-\u2015-][A-Z]{1,2} ?\d{2,4}[EH]?|[A-Z]{2} ?\d{4}",  # Germany, Luxembourg
)
PLATE = re.compile(rf"(?<![\w-])(?:{'|'.join(FORMS)})(?![\w-])")


def carry_over(apps, schema_editor):
    """Words that lay open before the police read first are passed on, but for plates; later ones stand as they did."""
    alias = schema_editor.connection.alias
    files, own_words = (apps.get_model("measures", name).objects.using(alias) for name in ("File", "OwnWords"))
    steps = MigrationRecorder(schema_editor.connection).migration_qs
    begun = steps.filter(app="measures", name="0002_words_passed_on").values_list("applied", flat=True).first()
    for file in files.exclude(words_at=None):
        passed = file.words_passed_on_at
        lay_open = passed == file.words_at or (passed is None and begun is not None and file.words_at <= begun)
        if file.ladder == "coordinator":  # no neighbour decides
            passed = passed or file.words_at
        elif lay_open:
            passed = None if PLATE.search(file.words) else file.words_at
        own_words.create(file=file, words=file.words, written_at=file.words_at, passed_on_at=passed)


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_words_first_passed_on")]

    operations = [
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", plp.toolbox.crypto.SealedText(editable=True)),
                ("written_at", models.DateTimeField()),
                ("passed_on_at", models.DateTimeField(null=True)),
                ("held_back_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="own_words", to="measures.file"
                    ),
                ),
            ],
            options={
                "ordering": ("written_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(passed_on_at=None, held_back_at=None),
                        fields=("file",),
                        name="measures_one_waits",
                    )
                ],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("file", "words_passed_on_at"),
        migrations.RemoveField("file", "words_first_passed_on_at"),
    ]
