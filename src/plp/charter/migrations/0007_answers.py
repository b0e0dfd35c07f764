"""Who reads answers is said by the kind of a message; a plan of before that gave all to the police narrows each kind."""

from django.db import migrations, models

TO_COORDINATOR = ("advice", "newsletter")  # kinds whose answers go to the coordinator unless the plan narrows them


def narrow_rows(apps, schema_editor):
    """Plans whose answers all went to the police stay so."""
    apps.get_model("charter", "PlanRule").objects.filter(plan__answers_to="police", kind__in=TO_COORDINATOR).update(
        answers_narrowed=True
    )


class Migration(migrations.Migration):
    dependencies = [("charter", "0006_escalation_and_languages")]

    operations = [
        migrations.AddField(
            model_name="planrule",
            name="acknowledged",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="planrule",
            name="answers_narrowed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(narrow_rows, migrations.RunPython.noop, elidable=True),
    ]
