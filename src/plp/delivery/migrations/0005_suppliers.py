"""Several suppliers a channel. What the table held is only how they fare: workers write it anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0004_pause")]

    operations = [
        migrations.DeleteModel(name="Supplier"),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField(db_default=1, default=1)),
                ("suspended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("channel", "number"), name="delivery_supplier_once")],
            },
        ),
    ]
