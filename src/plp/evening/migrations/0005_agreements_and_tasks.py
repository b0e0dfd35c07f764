from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evening", "0004_replies")]

    operations = [
        migrations.AddField("meeting", "contribution", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
        migrations.AddField("meeting", "launch_on", models.DateField(null=True)),
        migrations.AddField("offer", "task", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.AddField("offer", "task_until", models.DateField(null=True)),
    ]
