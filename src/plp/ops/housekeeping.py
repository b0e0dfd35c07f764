"""What has to be done now and then, on every machine that delivers: it may be done twice, and is then done once."""

from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from plp.accounts import address_changes, devices
from plp.charter import actions as charter
from plp.connections import actions as tokens
from plp.connections import webhook_calls
from plp.delivery import actions as delivery
from plp.delivery.engine.periodic_tasks import PeriodicTask
from plp.drafts import actions as drafts
from plp.evening import actions as evening
from plp.followup.actions import clocks, on_call
from plp.journal import actions as journal
from plp.journal.rules import READS_KEPT
from plp.launch.actions import dates, ideas, positions, quarter_clock
from plp.mandates import journal_letters, rota_clock, term_clock
from plp.measures.actions import files as measures
from plp.membership import buddies, candidates, erasure, firms, house_moves, list_imports, other_contacts, refusals
from plp.notices import actions as notices
from plp.ops import cap_feed, inbox, letter_post, paper_trees, webhooks
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.people import codes, erasures
from plp.people.retention_terms import retention_term
from plp.protection import actions as protection
from plp.sightings.actions import assignment, questions, sightings
from plp.toolbox import clock

DAY = 86_400.0  # seconds
FEW_MINUTES = 180.0
MINUTE = 60.0
A_FEW = 5  # partnerships whose place in the plan is worked out before another chore has its turn


def delete_expired_sessions() -> None:
    """Delete the sessions that are over: each names who was signed in."""
    call_command("clearsessions", verbosity=0)


def delete_expired_cache_rows() -> None:
    """Delete the rows of the cache that ran out: Django itself waits until the table is full."""
    with connection.cursor() as cursor:
        over = connection.ops.adapt_datetimefield_value(clock.now())
        cursor.execute("DELETE FROM cache WHERE expires < %s", [over])


def erase_answered_ideas() -> None:
    """Erase words and contact of ideas that were answered long ago (R84)."""
    ideas.erase_old_ideas(by=None, at=clock.now())


def erase_old_sightings() -> None:
    """Erase what citizens saw, 30 days after the police ended it, and questions long answered (R84, R85)."""
    sightings.erase_old_sightings(by=None, at=clock.now())
    questions.delete_old_questions(by=None, at=clock.now())


def escalate_waiting_sightings() -> None:
    """Tell the police of reports that nobody opened for a day or ended in a week (R123)."""
    assignment.escalate_sightings(by=None, at=clock.now())


def delete_old_webhook_calls() -> None:
    """Delete what programs of others were told a month ago."""
    webhook_calls.delete_old_calls(at=clock.now())


def erase_failed_candidacies() -> None:
    """Erase the candidacies that came to nothing (R84)."""
    candidates.erase_closed_candidacies(by=None, at=clock.now())


def erase_old_codes() -> None:
    """Erase the codes by which messages were relayed in an answer (R84), and those by which members came in."""
    notices.delete_old_reply_codes(by=None, at=clock.now())
    codes.delete_old_codes(at=clock.now())


def delete_old_answers() -> None:
    """Delete what witnesses answered, a month after the request closed, and calls for help (R84)."""
    notices.delete_old_answers(by=None, at=clock.now())


def delete_old_meeting_replies() -> None:
    """Delete who said that they come to a meeting, once it is over (R84)."""
    evening.delete_old_replies(by=None, at=clock.now())


def remind_of_meetings() -> None:
    """Tell those who come to a meeting once more, the day before."""
    evening.remind_of_meetings(by=None, at=clock.now())


def erase_old_drafts() -> None:
    """Erase what was typed and not sent for two weeks (R84)."""
    drafts.delete_old_drafts(by=None, at=clock.now())


def erase_unused_member_lists() -> None:
    """Erase lists of members that were read from a file and not brought in (R84)."""
    list_imports.delete_old_drafts(by=None, at=clock.now())


def erase_former_helpers() -> None:
    """Erase who was asked to receive on behalf and never answered, or does no more and is nothing else here (R84)."""
    buddies.erase_idle_helpers(by=None, at=clock.now())


def ask_for_other_contacts() -> None:
    """Ask members whose address fails for another one, by a way that still works (R66)."""
    while other_contacts.ask_for_other_contacts(by=None, at=clock.now()) == other_contacts.AT_ONCE:
        pass


def ask_for_moved_members() -> None:
    """Ask for members who moved house at the partnership that covers their new street since."""
    house_moves.ask_for_moved_members(by=None, at=clock.now())


def erase_refused_requests() -> None:
    """Erase who was not let in a month ago, and requests to join that nobody answered in ninety days (R84)."""
    refusals.erase_old_requests(by=None, at=clock.now())


def erase_departed_members() -> None:
    """Erase members who left everywhere a month ago (R84), and the firms to which nobody belongs any more."""
    while erasure.erase_former_members(by=None, at=clock.now()) == erasure.AT_ONCE:
        pass
    firms.delete_deserted_firms(by=None, at=clock.now())


def erase_old_letters() -> None:
    """Erase the texts of letters a month after they left, and the log of three years ago (R84); mend the list of who
    was erased.
    """
    while delivery.delete_old_texts(by=None, at=clock.now()):
        pass
    while delivery.delete_old_log(by=None, at=clock.now()):
        pass
    erasures.add_missing_acts_to_file()


def erase_old_breaches() -> None:
    """Erase records of breaches five years after they were noticed (R86)."""
    protection.delete_old_breaches(by=None, at=clock.now())


def erase_closed_measures() -> None:
    """Erase the files of measures that were closed long enough ago (R102)."""
    measures.erase_old_files(by=None, at=clock.now())


def take_over_own_words() -> None:
    """Take over what somebody said for themselves in 0.2.0 while this version came, or while one went back to it."""
    measures.take_over_words_of_0_2_0(by=None, at=clock.now())


def erase_old_spending() -> None:
    """Erase by which numbers it was counted what was spent (R84)."""
    delivery.delete_old_spending(by=None, at=clock.now())


def forget_old_reads() -> None:
    """Forget who looked at lists and reports, once its time is over (R84): the places of the entries stay."""
    at = clock.now()
    before = at - retention_term("reads", READS_KEPT)
    while journal.empty_old_read_entries(before=before, by=None, at=at):
        pass


def send_date_reminders() -> None:
    """Recall the dates of each partnership to those who must see to them (R30)."""
    for partnership in partnerships_not_ended():
        dates.send_date_reminders(partnership=partnership, by=None, at=clock.now())


class DateReminders:
    """The same as a chore, for a few partnerships at a time: for those of a country it takes minutes."""

    def __init__(self) -> None:
        self.waiting: list[UUID] = []

    def send_next_reminders(self) -> bool:
        """Recall the dates of the next few; whether others wait."""
        waiting = self.waiting or list(partnerships_not_ended().values_list("pk", flat=True))
        self.waiting = waiting[A_FEW:]
        for partnership in partnerships_not_ended().filter(pk__in=waiting[:A_FEW]):
            dates.send_date_reminders(partnership=partnership, by=None, at=clock.now())
        return bool(self.waiting)


def send_rules_reminders() -> None:
    """Ask members once more, a month later, to accept internal rules that came into force (R68, R98)."""
    charter.remind_members_to_accept(by=None, at=clock.now())


def run_due_tasks() -> int:
    """See to everything that is due: put it on one desk, recall it, pass it on (R38, R39, R112, R130)."""
    return clocks.run_clocks(by=None, at=clock.now())


def pass_on_urgent_matters() -> None:
    """Tell the next person, by telephone too, where whoever is on call does not answer (ADR 74)."""
    on_call.pass_on_urgent_matters(by=None, at=clock.now())


def withdraw_expired_notices() -> None:
    """Withdraw missing-person messages whose time has come from everybody whom they reached (R125); close what the
    police of another zone did not answer in time (R120).
    """
    notices.end_expired_official_notices(by=None, at=clock.now())
    notices.end_unanswered_takeovers(by=None, at=clock.now())


def send_notices_to_newcomers() -> None:
    """Send messages that are still valid to those who joined since (R115)."""
    notices.send_to_newcomers(by=None, at=clock.now())


def draft_infoflashes() -> None:
    """Draft the infoflash of each zone whose day has come (R134)."""
    notices.draft_due_infoflashes(by=None, at=clock.now())


def erase_unused_devices() -> None:
    """Forget the browsers of the staff that were not seen for a year (T4)."""
    devices.delete_unseen_devices(at=clock.now())


def apply_address_changes() -> None:
    """Give sign-ins the e-mail addresses that were proven and have waited a day (T4)."""
    address_changes.apply_due_address_changes(at=clock.now())


def carry_out_quarter_changes() -> None:
    """Carry out the splits, mergers and redrawings of quarters whose day has come (ADR 72)."""
    quarter_clock.apply_due_quarter_changes(by=None, at=clock.now())


def remind_or_end_mandates() -> None:
    """Remind of mandates that end, end those that nobody confirmed, say which are over (R32, ADR 68)."""
    term_clock.run_term_clock(by=None, at=clock.now())


def run_rota_clock_daily() -> None:
    """Say a week before which hours of a rota nobody has; forget shifts of a year ago (ADR 74)."""
    rota_clock.run_rota_clock(at=clock.now())


def end_tokens_without_right() -> None:
    """End the keys of programs whose maker is no longer an administrator (ADR 68)."""
    tokens.end_tokens_without_right(by=None, at=clock.now())


def send_journal_heads() -> None:
    """Tell coordinators and officers once a month where the journal ends (T38)."""
    while journal_letters.send_journal_heads(by=None, at=clock.now()) == journal_letters.AT_ONCE:
        pass


def refresh_plan_positions() -> bool:
    """Bring a few rows of the list of step plans up to date: mandates end and days pass without a line in the journal
    (R30). Answers whether there may be more: of a country it takes minutes.
    """
    everywhere, now = Partnership.objects.all(), clock.now()
    return positions.refresh_plan_positions(partnerships=everywhere, at=now, most=A_FEW) == A_FEW


def daily_chores() -> list[PeriodicTask]:
    """The chores of a worker: at its start, then once a day."""
    return [
        PeriodicTask(DAY, act)
        for act in (
            delete_expired_sessions,
            delete_expired_cache_rows,
            erase_answered_ideas,
            erase_old_sightings,
            erase_old_breaches,
            delete_old_webhook_calls,
            erase_failed_candidacies,
            delete_old_answers,
            delete_old_meeting_replies,
            erase_old_codes,
            erase_old_drafts,
            erase_former_helpers,
            erase_old_letters,
            erase_unused_member_lists,
            erase_closed_measures,
            take_over_own_words,
            erase_departed_members,
            erase_refused_requests,
            ask_for_moved_members,
            erase_old_spending,
            forget_old_reads,
            letter_post.delete_moved_contacts,
            ask_for_other_contacts,
            DateReminders().send_next_reminders,
            send_rules_reminders,
            remind_or_end_mandates,
            run_rota_clock_daily,
            refresh_plan_positions,
            send_journal_heads,
            erase_unused_devices,
            letter_post.queue_register_for_federal_readers,
            letter_post.clean_up,
        )
    ]


def frequent_chores() -> list[PeriodicTask]:
    """The chores of a worker that cannot wait for tomorrow: at its start, then every few minutes."""
    chores = [
        PeriodicTask(FEW_MINUTES, run_due_tasks),
        PeriodicTask(MINUTE, withdraw_expired_notices),
        PeriodicTask(MINUTE, pass_on_urgent_matters),
        PeriodicTask(MINUTE, send_notices_to_newcomers),
        PeriodicTask(FEW_MINUTES, carry_out_quarter_changes),
        PeriodicTask(FEW_MINUTES, remind_of_meetings),
        PeriodicTask(FEW_MINUTES, draft_infoflashes),
        PeriodicTask(FEW_MINUTES, end_tokens_without_right),
        PeriodicTask(FEW_MINUTES, escalate_waiting_sightings),
    ]
    chores.append(PeriodicTask(FEW_MINUTES, apply_address_changes))
    chores.append(PeriodicTask(letter_post.EVERY, letter_post.LetterPost().poll))
    if settings.PAPER_FOLDER and settings.PAPER_RECIPIENT:
        chores.append(PeriodicTask(paper_trees.EVERY, paper_trees.renew_next_tree))
    if settings.WEBHOOK_HOSTS:
        chores.append(PeriodicTask(webhooks.EVERY, webhooks.WebhookCaller().poll))
    if settings.CAP_FEED:
        chores.append(PeriodicTask(cap_feed.EVERY, cap_feed.AlertFeed(settings.CAP_FEED).poll))
    if settings.IMAP_URL:
        chores.append(PeriodicTask(inbox.TURN, inbox.AnswerMailbox().poll))
    return chores
