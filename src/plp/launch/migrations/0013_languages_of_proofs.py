from django.db import migrations

import plp.toolbox.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0012_initiator_room"),
    ]

    operations = [
        migrations.AddField(
            model_name="stakeholder",
            name="sealed_translations",
            field=plp.toolbox.crypto.SealedText(blank=True, null=True),
        ),
    ]
