"""A partnership about which everything is known, of each kind: what the whole pack is made from."""

from datetime import date
from decimal import Decimal

from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.models import Deed
from plp.launch.models import Recognition
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedText
from tests.evening.stage import planned
from tests.factories.cast import NOW
from tests.launch.ground import Ground

SAID = {
    "fr": ("Nous voulons nous connaître.", "Des messages clairs.", "Plus de signalements à temps."),
    "nl": ("Wij willen elkaar kennen.", "Duidelijke berichten.", "Meer meldingen op tijd."),
    "de": ("Wir wollen uns kennen.", "Klare Nachrichten.", "Mehr Meldungen zur rechten Zeit."),
}
PURPOSE = {
    "fr": "Vivre ensemble, informés.",
    "nl": "Samen leven, goed ingelicht.",
    "de": "Gut informiert zusammen leben.",
}


def complete(kind: str = "plp") -> Partnership:
    """The quarter of ``Ground`` with statements, an evening, money, contacts, a signed charter and a launch."""
    ground = Ground()
    Partnership.objects.filter(pk=ground.partnership.pk).update(
        kind=kind,
        contact_email="coordinateur@plp.example.be",
        contact_phone="+3225550000",
        purpose=PURPOSE,
        launched_at=NOW,
    )
    partnership = Partnership.objects.select_related("area").get(pk=ground.partnership.pk)
    partnership.memberships.create(person=ground.coordinator, state="active", asked_at=NOW)
    planned(partnership)
    _statements(partnership)
    _money(partnership)
    _contacts(partnership)
    deed = Deed.objects.create(partnership=partnership, kind="charter", version=1, drafted_at=NOW, languages=["fr"])
    Deed.objects.filter(pk=deed.pk).update(signed_at=NOW)
    Recognition.objects.create(
        partnership=partnership, state="validated", opened_at=NOW, validated_on=date(2026, 11, 20), reference="X-1"
    )
    return partnership


def _statements(partnership: Partnership) -> None:
    for place, kind in enumerate(Statement.Kind.values):
        statement = Statement(
            partnership=partnership, party="residents", kind=kind, language="fr", position=place, written_at=NOW
        )
        others = {language: texts[place] for language, texts in SAID.items()}
        statement.set_text("text", TranslatedText(SAID["fr"][place], "fr", others))
        statement.save(force_insert=True)


def _money(partnership: Partnership) -> None:
    plan = charter.get_or_begin_financing_draft(partnership=partnership, by=None, at=NOW)
    lines = [
        CostEntry("base", "SMS", Decimal(300), "zone"),
        CostEntry("extra", "Fête", Decimal("120.50"), "municipality", date(2028, 12, 31)),
    ]
    charter.save_financing_draft(plan=plan, entry=FinancingEntry(lines=lines, alternative="E-mail"), by=None, at=NOW)


def _contacts(partnership: Partnership) -> None:
    names = (
        ("municipality", "La maire"),
        ("chief", "Carl Muster"),
        ("officer", "Anne Exemple"),
        ("coordinator", "C. H."),
    )
    for slot, name in names:
        charter.set_contact_and_amend_charter(
            partnership=partnership,
            slot=slot,
            organisation="Service",
            name=name,
            email=f"{slot}@example.be",
            phone="+3225550001",
            by=None,
            at=NOW,
        )
