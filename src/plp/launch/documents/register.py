"""The register of the launch pack (R9): every document, by step, in the order in which one needs it. Data only.

Keys are stored with the versions of texts: none is ever renamed.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.launch.documents.pack_document import PackDocument

FOLD, HANGER, CARDS, INVITATION = ("fold-a4",), ("hanger-a4",), ("cards-a4",), ("invitation-a4", "invitation-a5")
SIGNS, PICTURES = ("sign", "sticker"), ("wide", "square")
POSTERS = ("street-a4", "street-a3", "night-a4", "night-a3", "strips-a4", "strips-a3")
A4, A5, BOTH, SMALL, SLIDES = ("a4",), ("a5",), ("a4", "a5"), ("a5", "a4"), ("slides", "handout")
OFFICER, COORDINATOR, CONTACTS = frozenset({"officer"}), frozenset({"coordinator"}), frozenset({"contacts"})
OFFICES = OFFICER | COORDINATOR
HELPERS = frozenset({"deputies", "committee"})
SCREENED = frozenset({"screened_persons", "screening_days", "screening_officers"})
CANDIDATES, INFORMED = frozenset({"ballot", "votes_on_persons", "evening_chair"}), frozenset({"informed_parties"})
CHARTER_SIGNERS, AGREEMENT_SIGNERS = frozenset({"charter_signers"}), frozenset({"agreement_signers"})
POLICE_SIGNER, MINISTRY_SIGNERS = frozenset({"police_signer"}), frozenset({"ministry_signers"})
MAYOR = frozenset({"mayor", "dear_mayor"})
QUOTED = frozenset({"quotes"})  # whoever speaks to the press does so by name
NOBODY: frozenset[str] = frozenset()
TO_AUTHORITIES = frozenset("letter_interior letter_mayor letter_prosecutor register_sheet screening_slip".split())
INVITING = frozenset({"invitation", "letter_residents"})
ANNOUNCING = frozenset({"door_hanger", "slides"})
OUTLASTING = frozenset({"end_form", "evaluation_form"})
HUNG = frozenset({"door_hanger", "pictures", "poster", "sign"})
PUBLISHED = frozenset(
    "door_hanger folder group_rules invitation letter_residents letterbox_card neighbour_letter poster report_card"
    " situation_questionnaire survey".split()
)
SAVES_PAGE = frozenset(
    "opinion_form idea_form volunteer_form approval_record area_sheet communication_plan financing_plan register_sheet"
    " sign_order coordinator_manual report_card situation_questionnaire end_form".split()
)


def _pack_documents_from_rows(
    step: str, *rows: tuple[str, tuple[str, ...], frozenset[str], Any]
) -> tuple[PackDocument, ...]:
    """The documents of one step, from rows of key, papers, names and title."""
    return tuple(
        PackDocument(
            key,
            step,
            title,
            papers,
            names,
            invites=key in INVITING,
            announces=key in ANNOUNCING,
            saves_page=key in SAVES_PAGE,
            is_hung=key in HUNG,
            outlasts_end=key in OUTLASTING,
            is_published=key in PUBLISHED,
            is_for_authorities=key in TO_AUTHORITIES,
        )
        for key, papers, names, title in rows
    )


ENTRIES: tuple[PackDocument, ...] = (
    *_pack_documents_from_rows(
        "idea",
        ("step_plan", A4, OFFICER, _("Step plan")),
        ("idea_form", A4, NOBODY, _("Idea form")),
    ),
    *_pack_documents_from_rows(
        "consultation",
        ("letter_mayor", A4, OFFICER | MAYOR | POLICE_SIGNER, _("Letter to the mayor")),
        ("letter_prosecutor", A4, OFFICER | POLICE_SIGNER, _("Letter to the public prosecutor")),
        ("motives_sheet", A4, NOBODY, _("Reasons, expectations and objectives")),
    ),
    *_pack_documents_from_rows(
        "area",
        ("area_sheet", A4, OFFICER, _("Area sheet")),
        ("stakeholder_list", A4, INFORMED, _("List of who must know")),
    ),
    *_pack_documents_from_rows(
        "informing",
        ("letter_residents", A4, OFFICER, _("Letter to all addresses")),
        ("folder", FOLD, NOBODY, _("Folder: what it is and is not")),
        ("door_hanger", HANGER, NOBODY, _("Door hanger")),
        ("survey", BOTH, NOBODY, _("Survey on paper")),
    ),
    *_pack_documents_from_rows(
        "evening",
        ("invitation", INVITATION, NOBODY, _("Invitation to the evening")),
        ("agenda", A4, NOBODY, _("Agenda")),
        ("slides", SLIDES, OFFICER, _("Slides of the evening")),
        ("presence_list", A4, NOBODY, _("Attendance list")),
        ("ballot", SMALL, CANDIDATES, _("Ballots")),
        ("approval_record", A4, CANDIDATES, _("Record of the votes")),
        ("volunteer_form", SMALL, NOBODY, _("Volunteer form")),
        ("registration_form", A4, NOBODY, _("Registration form")),
        ("opinion_form", SMALL, NOBODY, _("Opinion form")),
    ),
    *_pack_documents_from_rows(
        "committee",
        ("coordinator_profile", A4, NOBODY, _("Profile of the coordinator")),
        ("candidate_form", A4, NOBODY, _("Candidate form")),
    ),
    *_pack_documents_from_rows(
        "charter",
        ("charter_guide", A4, NOBODY, _("Guide to the charter")),
        ("contact_sheet", A4, OFFICES | HELPERS | CONTACTS, _("Contact details of the partners")),
        ("communication_plan", A4, NOBODY, _("Communication plan")),
        ("financing_plan", A4, AGREEMENT_SIGNERS, _("Financing plan")),
    ),
    *_pack_documents_from_rows(
        "screening",
        ("screening_slip", A4, SCREENED, _("Screening slip")),
    ),
    *_pack_documents_from_rows(
        "recognition",
        ("letter_interior", A4, OFFICES | CONTACTS | MINISTRY_SIGNERS, _("Letter to FPS Interior")),
        ("register_sheet", A4, NOBODY, _("Sheet for the federal register")),
    ),
    *_pack_documents_from_rows(
        "launch",
        ("press", A4, QUOTED, _("Press text")),
        ("bulletin", A4, NOBODY, _("Text for the municipal bulletin")),
        ("website", A4, NOBODY, _("Text for the website")),
        ("poster", POSTERS, NOBODY, _("Poster")),
        ("neighbour_letter", A5, NOBODY, _("Letter to those who are not members yet")),
        ("letterbox_card", CARDS, NOBODY, _("Card for the letter box")),
        ("pictures", PICTURES, NOBODY, _("Pictures for the website and networks")),
        ("welcome_letter", A4, COORDINATOR, _("Welcome letter")),
        ("sign_order", A4, CHARTER_SIGNERS, _("Order of signs and stickers")),
        ("sign", SIGNS, NOBODY, _("Sign and sticker, for the printer")),
        ("coordinator_manual", BOTH, OFFICER | HELPERS, _("Coordinator’s manual")),
        ("report_card", SMALL, NOBODY, _("Card: what to report and how")),
        ("situation_questionnaire", SMALL, NOBODY, _("Questionnaire: suspicious situation")),
        ("group_rules", SMALL, NOBODY, _("Rules for a chat group")),
    ),
    *_pack_documents_from_rows(
        "evaluation",
        ("evaluation_form", A4, CHARTER_SIGNERS, _("Evaluation form")),
        ("member_survey", BOTH, NOBODY, capfirst(_("survey of the members"))),
        ("amendment_form", A4, CHARTER_SIGNERS, _("Form: amendment of the charter")),
        ("end_form", A4, CHARTER_SIGNERS, _("Form: end or merger")),
    ),
)
BY_KEY: dict[str, PackDocument] = {entry.key: entry for entry in ENTRIES}
STEPS: tuple[str, ...] = tuple(dict.fromkeys(entry.step for entry in ENTRIES))


def documents_of_step(step: str) -> tuple[PackDocument, ...]:
    """The documents of one step of the plan, in order."""
    return tuple(entry for entry in ENTRIES if entry.step == step)
