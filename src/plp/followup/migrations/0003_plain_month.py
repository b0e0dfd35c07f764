from django.db import migrations


class Migration(migrations.Migration):
    """A table that any tool can check: on SQLite the day of a date needs a function of Django."""

    dependencies = [
        ("followup", "0002_exchange"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reportcount",
            name="followup_month_begins",
        ),
    ]
