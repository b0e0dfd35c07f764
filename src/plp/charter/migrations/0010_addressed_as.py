from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0009_quarter_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="addressed_as",
            field=models.CharField(
                blank=True, choices=[("madam", "Madam"), ("sir", "Sir")], db_default="", max_length=5
            ),
        ),
    ]
