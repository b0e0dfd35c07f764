"""What a partnership has besides members comes along too: messages with what they bundle, files, a telephone (R154)."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from plp.charter.models import Deed, StoredFile
from plp.delivery.models import Dispatch, Message, MessageChannel, MessageText
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice, ReplyCode
from plp.ops.cli import Failed
from plp.ops.transfer.exporter import write_partnership_to_private_folder
from plp.ops.transfer.importer import import_partnership_from_folder, read_manifest_and_data
from plp.partnership.models import Partnership
from tests.factories.cast import NOW, Cast, contact, member
from tests.notices.test_notices import drafted, let_go, submitted
from tests.ops.test_moving import swept

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    """A member with a telephone and a letterbox."""
    settings.ERASURES_FILE = tmp_path / "erasures"
    cast = Cast()
    someone = member(cast.here.partnership, "Ada Voorbeeld")
    contact(someone, "sms", "+32475123456")
    contact(someone, "paper", "Rue de Verdun 12")
    return cast


def moved(cast: Cast, folder: Path) -> None:
    """Out of one installation and into another."""
    write_partnership_to_private_folder(cast.here.partnership, folder, at=NOW)
    for stays_behind in (Notice.bundles.through, Dispatch, MessageChannel, MessageText, ReplyCode):
        stays_behind.objects.all().delete()
    swept(cast.here.partnership)
    import_partnership_from_folder(folder, at=NOW)


def test_a_message_comes_without_its_copies(cast: Cast, tmp_path: Path) -> None:
    sent = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=sent, by=cast.here.coordinator, at=NOW)
    before = Message.objects.get(pk=sent.relay.message_id).audience

    moved(cast, tmp_path / "out")

    after = Notice.objects.get(pk=sent.pk).relay.message
    assert (before, after.audience, after.dispatches.count()) == (1, 0, 0)


def test_an_infoflash_still_knows_what_it_bundles(cast: Cast, tmp_path: Path) -> None:
    gathered = drafted(cast, "advice")
    notices.hold_draft_for_next_infoflash(notice=gathered, by=cast.officer, at=NOW)
    notices.draft_infoflash_now(by=cast.officer, at=NOW)

    moved(cast, tmp_path / "out")

    assert [one.pk for one in Notice.objects.get(kind="infoflash").items.all()] == [gathered.pk]


def test_what_was_stored_as_a_file_is_one(cast: Cast, tmp_path: Path) -> None:
    deed = Deed.objects.create(partnership=cast.here.partnership, kind="charter", version=1, drafted_at=NOW)
    told = {"kind": "frozen", "media": "application/pdf", "size": 4, "sha256": "0" * 64, "stored_at": NOW}
    file = StoredFile.objects.create(deed=deed, content="JVBERg==", **told)

    write_partnership_to_private_folder(cast.here.partnership, tmp_path / "out", at=NOW)

    assert (tmp_path / "out" / "documents" / f"charter.storedfile-{file.pk}.pdf").read_bytes() == b"%PDF"


def test_the_address_book_has_the_telephones_of_those_who_stayed(cast: Cast, tmp_path: Path) -> None:
    gone = member(cast.here.partnership, "Bea Exemple")
    Membership.objects.filter(person=gone).update(state="left")

    write_partnership_to_private_folder(cast.here.partnership, tmp_path / "out", at=NOW)

    cards = (tmp_path / "out" / "members.vcf").read_text()
    assert "TEL;VALUE=uri:tel:+32475123456" in cards
    assert "Rue de Verdun" not in cards
    assert "Bea Exemple" not in cards


def rewritten(folder: Path, **changes: Any) -> None:
    """The same export, as another version would have written it."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["data.json"] = hashlib.sha256((folder / "data.json").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


def test_an_export_of_another_version_is_refused(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_partnership_to_private_folder(cast.here.partnership, folder, at=NOW)
    rewritten(folder, format="plp-0")
    with pytest.raises(Failed, match="another format"):
        read_manifest_and_data(folder)


def test_an_export_with_tables_that_are_not_known_here_is_refused(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_partnership_to_private_folder(cast.here.partnership, folder, at=NOW)
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    (folder / "data.json").write_text(json.dumps(data | {"pigeons.Pigeon": []}), encoding="utf-8")
    rewritten(folder)

    with pytest.raises(Failed, match=r"does not know pigeons\.Pigeon"):
        import_partnership_from_folder(folder, at=NOW)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", "[1]"),
        ("manifest.json", '{"format": "plp-partnership-1", "files": {}, "partnership": 1}'),
        ("manifest.json", "[" * 100_000),
        ("data.json", "[1]"),
        ("data.json", '{"places.Area": 1}'),
        ("data.json", '{"places.Area": [1]}'),
        ("data.json", '{"a":' * 100_000),
        ("data.json", '{"places.Area": [{"": 1}]}'),
        ("data.json", "\xff"),
    ],
)
def test_a_folder_that_somebody_else_wrote_is_refused_with_the_reason(
    cast: Cast, tmp_path: Path, name: str, content: str
) -> None:
    folder = tmp_path / "out"
    write_partnership_to_private_folder(cast.here.partnership, folder, at=NOW)
    Partnership.objects.filter(key="haren").update(key="elsewhere")
    (folder / name).write_text(content, encoding="latin-1")
    if name == "data.json":
        rewritten(folder)

    with pytest.raises(Failed, match=r"holds no manifest\.json|another format|data\.json cannot be read"):
        import_partnership_from_folder(folder, at=NOW)


def test_a_name_that_leads_out_of_the_folder_is_refused(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_partnership_to_private_folder(cast.here.partnership, folder, at=NOW)
    (tmp_path / "outside").write_bytes(b"x")
    rewritten(folder, files={"../outside": hashlib.sha256(b"x").hexdigest()})

    with pytest.raises(Failed, match="was changed"):
        read_manifest_and_data(folder)
