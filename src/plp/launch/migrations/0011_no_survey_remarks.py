"""The sentence that a home could add is gone (ADR 85). No release had it: what stands in the table goes too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0010_survey_remarks"),
    ]

    operations = [
        migrations.RemoveField(model_name="survey", name="asks_remark"),
        migrations.DeleteModel(name="SurveyRemark"),
    ]
