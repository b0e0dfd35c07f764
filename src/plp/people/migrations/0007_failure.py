from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contactpoint",
            name="failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="failure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "None"),
                    ("gone", "Gone"),
                    ("full", "Full"),
                    ("unreachable", "Unreachable"),
                    ("unwanted", "Unwanted"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                condition=models.Q(("failure", ""), _negated=True), fields=["person"], name="people_contact_failing"
            ),
        ),
    ]
