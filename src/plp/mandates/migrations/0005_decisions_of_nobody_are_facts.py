"""What stood in English as the decision behind a mandate becomes a fact, which each reads in their language."""

from django.db import migrations

WORDS = {"=operator": "set up by the operator of this installation", "=appeal": "restored on appeal"}


def words_to_facts(apps, schema_editor):
    """Put the fact in the place of its English words."""
    for fact, words in WORDS.items():
        apps.get_model("mandates", "Mandate").objects.filter(decision=words).update(decision=fact)


def facts_to_words(apps, schema_editor):
    """Put the English words back."""
    for fact, words in WORDS.items():
        apps.get_model("mandates", "Mandate").objects.filter(decision=fact).update(decision=words)


class Migration(migrations.Migration):
    dependencies = [
        ("mandates", "0004_rota_shift"),
    ]

    operations = [
        migrations.RunPython(words_to_facts, facts_to_words, elidable=True),
    ]
