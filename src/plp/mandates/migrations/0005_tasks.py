"""Two more tasks that a committee member may be given (R37)."""

from django.db import migrations, models

TASKS = [
    ("members", "Welcome neighbours and keep the list of members"),
    ("messages", "Receive the messages from the police and relay them"),
    ("plan", "Work out the communication plan with the police"),
    ("questions", "Answer the questions of members"),
    ("confer", "Confer with the police: ask for information, meet to follow up"),
]


class Migration(migrations.Migration):
    dependencies = [("mandates", "0004_suspension")]

    operations = [
        migrations.AlterField(
            model_name="delegation", name="task", field=models.CharField(choices=TASKS, max_length=12)
        ),
    ]
