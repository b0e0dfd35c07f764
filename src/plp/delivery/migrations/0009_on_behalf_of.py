from django.db import migrations, models


class Migration(migrations.Migration):
    """Mails about a sign-in outlive a STOP too: the column keeps its name, so that what still runs goes on."""

    dependencies = [("delivery", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="last_word",
            field=models.BooleanField(db_column="last_word", default=False),
        ),
        migrations.RenameField(model_name="message", old_name="last_word", new_name="despite_stop"),
        migrations.AddField(
            model_name="message",
            name="on_behalf_of",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
