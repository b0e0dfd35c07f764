"""The record of signatures is a file of its own (R98)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0007_plan_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("frozen", "text as submitted for signature"),
                    ("scan", "scan of a signature on paper"),
                    ("record", "record of signatures"),
                    ("sealed", "signed text with the seal"),
                ],
                max_length=8,
            ),
        ),
    ]
