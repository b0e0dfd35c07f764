"""A membership may rest or end by a measure (R99)."""

from django.db import migrations, models

STATES = [
    ("pending", "waiting for the coordinator"),
    ("active", "member"),
    ("refused", "not accepted"),
    ("left", "left"),
    ("suspended", "suspended for a while"),
    ("excluded", "excluded"),
]


class Migration(migrations.Migration):
    dependencies = [("partnership", "0005_asked_and_refused")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="partnership_member_once"),
        migrations.AlterField(
            model_name="membership",
            name="state",
            field=models.CharField(choices=STATES, default="pending", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("partnership", "person"),
                condition=models.Q(state__in=["pending", "active", "suspended"]),
                name="partnership_member_once",
            ),
        ),
    ]
