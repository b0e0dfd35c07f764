"""A partnership out and in again: each row and word the same, the erased left out, nothing overwritten (R154)."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from plp.evening.models import Meeting
from plp.membership.firms import FirmEntry, enter_firm_of_member
from plp.membership.models import Membership
from plp.ops.cli import Failed
from plp.ops.transfer.exporter import write_partnership_to_private_folder
from plp.ops.transfer.importer import import_partnership_from_folder, read_manifest_and_data
from plp.ops.transfer.scope import LEFT_BEHIND, every_row_of_partnership
from plp.ops.triggers import triggers_lifted_for_transaction
from plp.partnership.models import Partnership
from plp.people import actions as people
from plp.people import erasures
from plp.people.models import ContactPoint, Household, Person
from plp.people.queries import contacts_at
from plp.places.models import Area, Coverage, Street
from tests.factories.cast import NOW, Cast, Quarter, contact, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Quarter:
    """A quarter with two members behind a door of a street, and an evening."""
    settings.ERASURES_FILE = tmp_path / "erasures"
    quarter = Cast().here
    street = Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    Coverage.objects.create(area=quarter.area, street=street)
    for name in ("Ada Voorbeeld", "Bea Exemple"):
        someone = member(quarter.partnership, name)
        contact(someone, "email", f"{name.split()[0].lower()}@example.be")
        people.set_front_door(person=someone, street=street, house="12", by=None, at=NOW)
        people.record_consent(person=someone, kind="joining", version="1", by=None, at=NOW)
    enter_firm_of_member(
        membership=Membership.objects.filter(partnership=quarter.partnership).latest("pk"),
        entry=FirmEntry("Chez Ada", "0123456749", "retail"),
        by=quarter.coordinator,
        at=NOW,
    )
    Meeting.objects.create(
        partnership=quarter.partnership, place="École", street="Rue 1", starts_at=NOW, ends_at=NOW + timedelta(hours=2)
    )
    return quarter


def swept(partnership: Partnership) -> None:
    """As if this were another installation: the rows of the partnership are gone. Areas, streets and officers stay."""
    rows = every_row_of_partnership(partnership)
    rows[Person] = {key: row for key, row in rows[Person].items() if row.memberships.exists()}  # type: ignore[attr-defined]
    with triggers_lifted_for_transaction(
        {table._meta.db_table for table in rows if table._meta.app_label == "charter"}
    ):
        for table, found in rows.items():
            if table not in {Area, Street}:
                table._base_manager.filter(pk__in=list(found))._raw_delete(connection.alias)


def compared(data: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The rows without the names of those that are only counted."""
    told: dict[str, list[str]] = {}
    for label, rows in data.items():
        pk = apps.get_model(label)._meta.pk
        is_counted = isinstance(pk, models.AutoField | models.BigAutoField)
        told[label] = sorted(json.dumps({**row, "": "" if is_counted else row[""]}, sort_keys=True) for row in rows)
    return told


def test_out_and_in_again_every_row_is_the_same(here: Quarter, tmp_path: Path) -> None:
    counts = write_partnership_to_private_folder(here.partnership, tmp_path / "first", at=NOW)
    swept(here.partnership)

    import_partnership_from_folder(tmp_path / "first", at=NOW)
    again = write_partnership_to_private_folder(Partnership.objects.get(key="haren"), tmp_path / "second", at=NOW)

    first, second = (read_manifest_and_data(tmp_path / name)[1] for name in ("first", "second"))
    assert compared(first) == compared(second)
    assert counts == again
    assert counts["people.ContactPoint"] == 2
    assert counts["places.Coverage"] == 1
    assert [one.person.name for one in contacts_at("email", "ada@example.be")] == ["Ada Voorbeeld"]


def test_whoever_was_erased_here_does_not_come_back(here: Quarter, tmp_path: Path) -> None:
    gone = Person.objects.get(contacts__in=contacts_at("email", "ada@example.be"))
    write_partnership_to_private_folder(here.partnership, tmp_path / "out", at=NOW)
    erasures._append_acts_to_file([erasures.ErasureAct(NOW.isoformat(), "person.forgotten", str(gone.pk))])
    swept(here.partnership)

    import_partnership_from_folder(tmp_path / "out", at=NOW)

    assert Membership.objects.filter(partnership__key="haren").count() == 1
    assert not ContactPoint.objects.filter(person=gone.pk).exists()


def test_nothing_here_is_overwritten_and_nothing_changed_is_taken(here: Quarter, tmp_path: Path) -> None:
    write_partnership_to_private_folder(here.partnership, tmp_path / "out", at=NOW)

    with pytest.raises(Failed, match="already"):
        import_partnership_from_folder(tmp_path / "out", at=NOW)
    (tmp_path / "out" / "data.json").write_text("{}")
    with pytest.raises(Failed, match="was changed"):
        import_partnership_from_folder(tmp_path / "out", at=NOW)
    with pytest.raises(Failed, match=r"manifest\.json"):
        import_partnership_from_folder(tmp_path, at=NOW)


def test_people_read_it_too(here: Quarter, tmp_path: Path) -> None:
    write_partnership_to_private_folder(here.partnership, tmp_path / "out", at=NOW)

    members = (tmp_path / "out" / "members.csv").read_text(encoding="utf-8-sig").splitlines()
    cards = (tmp_path / "out" / "members.vcf").read_text()
    assert len(members) == 3
    assert sorted(line.split(";")[0] for line in members[1:]) == ['"Ada Voorbeeld"', '"Bea Exemple"']
    assert (cards.count("BEGIN:VCARD"), cards.count("EMAIL:")) == (2, 2)
    assert b"BEGIN:VEVENT" in (tmp_path / "out" / "meetings.ics").read_bytes()
    assert (tmp_path / "out" / "data.json").stat().st_mode & 0o077 == 0


def test_the_quarter_next_door_and_officers_doors_stay_at_home(here: Quarter, tmp_path: Path) -> None:
    rows = every_row_of_partnership(here.partnership)

    names = {person.name for person in rows[Person].values()}  # type: ignore[attr-defined]
    assert "Clara Laeken" not in names
    assert len(rows[Household]) == 1
    assert set(rows[Partnership].values()) == {here.partnership}


def test_what_is_left_behind_is_a_room_or_a_table() -> None:
    labels = {table._meta.label for table in apps.get_models()} | {config.label for config in apps.get_app_configs()}

    assert sorted(set(LEFT_BEHIND) - labels) == []
