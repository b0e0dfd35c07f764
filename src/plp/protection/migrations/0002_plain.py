from django.db import migrations

import plp.toolbox.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("protection", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="breach",
            name="plain",
            field=plp.toolbox.crypto.SealedText(blank=True, editable=True),
        ),
    ]
