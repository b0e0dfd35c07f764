from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("launch", "0004_initiator_act")]

    operations = [
        migrations.AddField("course", "launch_on", models.DateField(null=True)),
    ]
