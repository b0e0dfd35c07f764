from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0011_no_survey_remarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="initiatoract",
            name="place",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="initiatoract",
            name="street",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
