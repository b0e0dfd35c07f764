"""Letters and calls of a partnership are found by its quarter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index."""

    dependencies = [
        ("delivery", "0011_easy_language"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["on_behalf_of"], name="delivery_on_behalf_of"),
        ),
    ]
