"""Who must know how the partnership will work, and that they were told (R15)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.launch.days import refuse_future_day_or_return_it
from plp.launch.models import Stakeholder
from plp.launch.proof_files import content_digest, proof_file_ending
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText, main_language_spoken
from plp.people.models import Person
from plp.toolbox.ids import new_random_id
from plp.toolbox.moves import Refused
from plp.toolbox.words import normalise_text
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

MOST = 200  # on one list


class TellingProofMissing(Refused):
    """R15 asks for proof that each was told."""

    sentence = _("Write who received it or what was agreed, or add a scan. One of the two is needed as proof.")
    field = "proof"


class StakeholderListFull(Refused):
    """So many stakeholders is a mailing list, not a list of partners."""

    sentence = _("There are already 200 on this list. Put some of them together.")
    field = "who"


@dataclass(frozen=True)
class InformationProof:
    """How somebody was told: day, means, and a proof in words or as a file (its content).

    ``others`` are its words in other languages than ``language``; without one it is in the first of the partnership.
    """

    told_on: date
    means: str
    proof: str = ""
    content: bytes = b""
    language: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def add_stakeholder(
    *,
    partnership: Partnership,
    who: str,
    concern: str,
    by: Person | None,
    at: datetime,
    language: str = "",
    others: Mapping[str, str] | None = None,
) -> Stakeholder:
    """Put somebody on the list of those who must know; ``concern`` with its language and ``others`` as in a proof.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``StakeholderListFull``.
    """
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_gate(partnership, Gate.INFORMING, by=by, at=at)
    if Stakeholder.objects.filter(partnership=partnership).count() >= MOST:
        raise StakeholderListFull
    main = main_language_spoken(partnership.languages)
    whom, why = normalise_text(who, most=160), normalise_text(concern, most=200, empty=True)
    concerned = TranslatedText(why, language or main, others or {})
    texts = [(whom, main), (why, concerned.language), *((sister, code) for code, sister in concerned.others.items())]
    for text, code in texts:
        require_text_passes_check(text, language=code, rules=PUBLIC_RULES, is_name=True)
    stakeholder = Stakeholder(partnership=partnership, who=whom, proof="", by=by, at=at)
    stakeholder.set_text("concern", concerned)
    stakeholder.save(force_insert=True)
    note(verb="stakeholder.enlisted", by=by, at=at, area=partnership.area.path, target=stakeholder)
    return stakeholder


@transaction.atomic
def record_stakeholder_informed_with_proof(
    *, stakeholder: Stakeholder, telling: InformationProof, by: Person | None, at: datetime
) -> None:
    """Note that they were told, with proof; again to correct it. An earlier file stays unless a new one comes.

    Raises ``NotAllowed``, ``FutureDay``, ``BadWords``, ``TellingProofMissing``, ``ProofTooLarge`` or ``NotAProofFile``.
    """
    area = stakeholder.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    require_gate(stakeholder.partnership, Gate.INFORMING, by=by, at=at)
    stakeholder.told_on = refuse_future_day_or_return_it(telling.told_on, "told_on", at=at)
    stakeholder.means = Stakeholder.Means(telling.means)
    words = normalise_text(telling.proof, most=500, lines=True, empty=True)
    language = telling.language or main_language_spoken(stakeholder.partnership.languages)
    stakeholder.set_text("proof", TranslatedText(words, language, telling.others))
    if not (stakeholder.proof or telling.content or stakeholder.file):
        raise TellingProofMissing
    if telling.content:
        kind = proof_file_ending(telling.content)
        _delete_proof_file(stakeholder)
        stakeholder.file.save(f"{new_random_id().hex}.{kind}", ContentFile(telling.content), save=False)
        stakeholder.file_kind, stakeholder.file_digest = kind, content_digest(telling.content)
    stakeholder.by, stakeholder.at = by, at
    stakeholder.save()
    details = {"means": str(stakeholder.means), "digest": stakeholder.file_digest}
    note(verb="stakeholder.told", by=by, at=at, area=area.path, target=stakeholder, **details)


@transaction.atomic
def delete_stakeholder_with_proof(*, stakeholder: Stakeholder, by: Person | None, at: datetime) -> None:
    """Take somebody off the list, with their proof. Raises ``NotAllowed``."""
    area = stakeholder.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    note(verb="stakeholder.delisted", by=by, at=at, area=area.path, target=stakeholder)
    _delete_proof_file(stakeholder)
    stakeholder.delete()


def _delete_proof_file(stakeholder: Stakeholder) -> None:
    """Delete the stored file once the transaction holds."""
    if stakeholder.file:
        name, storage = str(stakeholder.file.name), stakeholder.file.storage
        transaction.on_commit(lambda: storage.delete(name))
