"""How long what is kept, why, and what erases it: data for the worker, the pages, the register and a guard (R84).

``covers`` names rooms, tables or columns as ``privacy.PERSONAL`` does; the longest name that fits a column counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.delivery.actions import budgets
from plp.delivery.rules import LOG_KEPT, TEXTS_KEPT
from plp.drafts.rules import KEPT_FOR as DRAFTS_KEPT
from plp.evening.actions.replies import KEPT as REPLIES_KEPT
from plp.exchange.rules import LINKS_LEAD_ON
from plp.journal.rules import READS_KEPT
from plp.launch.actions.ideas import KEPT as IDEAS_KEPT
from plp.membership import candidates, erasure, fresh_consents, list_imports, refusals
from plp.notices.actions.replies import KEPT as CODES_KEPT
from plp.notices.rules.answers import KEPT as ANSWERS_KEPT
from plp.protection.rules import KEPT as BREACHES_KEPT
from plp.sightings.rules import KEPT as SIGHTINGS_KEPT
from plp.sightings.rules import LONGEST as QUESTIONS_KEPT


@dataclass(frozen=True)
class Rule:
    """``kept``: how long after ``since``, at the longest; without it ``since`` says all. ``chore``: which of
    ``ops.housekeeping``. ``least``: the days that a zone may shorten it to; 0 if it may not.
    """

    key: str
    what: Any
    since: Any
    source: str
    covers: tuple[str, ...]
    kept: timedelta | None = None
    chore: str = ""
    least: int = 0


RULES: tuple[Rule, ...] = (
    Rule("members", _("Members: name, address, contacts, wishes, consents"), _("after they left"),
         "R84, R79", ("people", "partnership.Membership"), erasure.KEPT, "erase_departed_members_and_firms", least=7),
    Rule("firms", _("Firms: name, enterprise number, address, hours, screens"),
         _("after the last of their people left or was erased"), "GDPR 5(1)(e), R33", ("firms",), None,
         "erase_departed_members_and_firms"),
    Rule("codes", _("One-time codes"), _("valid for ten minutes; deleted with the contact"),
         "GDPR 5(1)(e)", ("people.Code",)),
    Rule("accounts", _("Sign-in and mandates of those with a role"),
         _("while the role lasts; deleted with the person"), "GDPR 6(1)(e)",
         ("people.Account", "connections.Calendar", "people.Recovery", "people.AddressChange", "mandates")),
    Rule("waiting", _("Requests to join that nobody answered"), _("after they were made"),
         "R84", ("partnership.Enquiry", "partnership.LetterboxCode"), refusals.LONGEST_WAIT,
         "erase_refused_and_stale_applicants", least=30),
    Rule("asked_anew", _("People from a list who were asked to say yes again and did not"), _("after they were asked"),
         "R81, R84", (), fresh_consents.ANSWER_WITHIN, "erase_refused_and_stale_applicants"),
    Rule("refused", _("Requests to join that were not accepted"), _("after the refusal"),
         "R63, R84", ("partnership.Refusal",), refusals.KEPT, "erase_refused_and_stale_applicants", least=14),
    Rule("candidates", _("Candidates who were not chosen or not suitable"), _("after it came to nothing"),
         "R36, R84", ("partnership.Candidate",), candidates.KEPT, "erase_closed_candidacies", least=30),
    Rule("lists", _("Lists of members read from a file and not added"), _("after they were read"),
         "R84", ("partnership.ListImport.content",), list_imports.DRAFT_LIVES, "delete_old_list_drafts_and_undo_data"),
    Rule("list_proofs", _("Who read in or exported a list, when and why"), _("with the partnership: it is the proof"),
         "R80, GDPR 5(2)", ("partnership.ListImport", "partnership.ListExport")),
    Rule("letters", _("Texts of letters and messages to members"), _("after they were sent"),
         "R84", (), TEXTS_KEPT, "erase_month_old_letters_and_three_year_old_log", least=7),
    Rule("log", _("Which message left when by which channel, without name or address"), _("after it was made"),
         "R84, R119", ("delivery",), LOG_KEPT, "erase_month_old_letters_and_three_year_old_log", least=365),
    Rule("spending", _("Counters of text messages for one number"), _("after the day"),
         "GDPR 5(1)(e)", ("delivery.Spending",), budgets.KEPT, "delete_old_number_and_code_counters"),
    Rule("drafts", _("Forms that were begun and not sent"), _("after the last change"),
         "R84", ("drafts",), DRAFTS_KEPT, "delete_old_drafts", least=3),
    Rule("sightings", _("What citizens told the police, with pictures and reporter"), _("after the police ended it"),
         "R84, R85, R75", ("sightings.Sighting",), SIGHTINGS_KEPT, "erase_old_sightings_and_questions", least=7),
    Rule("answers", _("Answers of witnesses to a message of the police; calls for help"),
         _("after the request closed or the call came"), "R84, R127, R75",
         ("notices.NoticeAnswer", "notices.Acknowledgement", "notices.HelpCall"), ANSWERS_KEPT,
         "delete_old_answers_readings_and_help_calls", least=7),
    Rule("meeting_replies", _("Who said that they come to a meeting, and what they asked for"),
         _("after the end of the meeting"), "R84", ("evening.MeetingReply",), REPLIES_KEPT,
         "delete_old_replies"),
    Rule("questions", _("Questions of members and their answers"), _("after the answer"),
         "R84", ("sightings",), QUESTIONS_KEPT, "erase_old_sightings_and_questions", least=90),
    Rule("reply_codes", _("Codes by which a coordinator relays in an answer"), _("after their time"),
         "R84", ("notices.ReplyCode",), CODES_KEPT, "erase_old_reply_and_entry_codes", least=7),
    Rule("ideas", _("Words and contact of an idea for a partnership"), _("after the answer"),
         "R84", ("launch.Idea",), IDEAS_KEPT, "erase_contents_of_answered_ideas", least=30),
    Rule("measures", _("Files of measures against members or coordinators"),
         _("as long as the rules of the partnership say after it was closed"), "R102",
         ("measures",), None, "erase_expired_files"),
    Rule("sessions", _("Sessions of those who signed in"), _("until they sign out or the session ends"),
         "GDPR 5(1)(e)", (), None, "delete_expired_sessions"),
    Rule("breaches", _("Records of breaches of personal data"), _("after they were noticed"),
         "GDPR 33(5)", ("protection",), BREACHES_KEPT, "delete_old_breaches", least=3 * 365),
    Rule("acts", _("Who wrote, released or decided something in a role"),
         _("with the act; the name is emptied when the person is erased"), "R137, R153, GDPR 6(1)(e)",
         ("notices", "alerts", "exchange", "followup", "launch", "evaluation", "connections")),
    Rule("moved", _("Keyed digests of addresses of members whose partnership moved, for a STOP"), _("after the move"),
         "GDPR 21, R79", ("exchange.MovedContact",), LINKS_LEAD_ON, "delete_contact_digests_moved_a_year_ago"),
    Rule("archive", _("Charter, rules, minutes and reports with the names of those who signed"),
         _("with the partnership: the authorities signed them"), "R93, R98, R103",
         ("charter", "evening", "evaluation.ReportFile", "evaluation.Signature", "launch.Sending")),
    Rule("reads", _("Who looked at a list, a message or a report"), _("after they looked"),
         "R84, R80", (), READS_KEPT, "empty_old_access_log_entries", least=365),
    Rule("journal", _("Record of what was done, by opaque numbers"),
         _("with the installation: it names nobody once the person is erased"), "R153, GDPR 5(2)", ("journal",)),
)  # fmt: skip


SETTABLE: Mapping[str, Rule] = {rule.key: rule for rule in RULES if rule.least}


def longest_retention_days(rule: Rule) -> int:
    """For how many days a kind of data is kept at the longest; 0 where no term is set in days."""
    return rule.kept.days if rule.kept else 0


def column_rule(column: str) -> Rule | None:
    """The rule for a column ``room.Model.field``: that of its longest name; ``None`` if nobody thought of it."""
    fitting = [
        (len(name), index)
        for index, rule in enumerate(RULES)
        for name in rule.covers
        if column == name or column.startswith(f"{name}.")
    ]
    return RULES[max(fitting)[1]] if fitting else None
