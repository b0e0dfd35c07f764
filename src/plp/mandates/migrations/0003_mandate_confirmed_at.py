"""Each mandate that goes on is taken as confirmed on the day of the upgrade: nobody's role ends by the upgrade."""

from django.db import migrations, models

from plp.toolbox import clock


def confirm(apps, schema_editor):
    """Mandates without an end get a year from today."""
    apps.get_model("mandates", "Mandate").objects.filter(ends_at=None).update(confirmed_at=clock.now())


class Migration(migrations.Migration):
    dependencies = [
        ("mandates", "0002_absence_accepted"),
    ]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True),
    ]
