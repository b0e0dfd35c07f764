"""What has to be done now and then, on every machine that delivers: it may be done twice, and is then done once."""

from collections.abc import Callable
from functools import wraps
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
from plp.evaluation.actions import surveys
from plp.evening import actions as evening
from plp.followup.actions import clocks, meetings, on_call
from plp.journal import actions as journal
from plp.journal.rules import READS_KEPT
from plp.launch.actions import dates, ideas, life, positions, quarter_clock
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


def _chore_of_action_at_current_time(act: Callable[..., object], **by: None) -> Callable[[], object]:
    """``act`` of another room as a chore of the same name, done at the moment at which it runs."""

    @wraps(act)
    def chore() -> object:
        return act(at=clock.now(), **by)

    return chore


def delete_expired_sessions() -> None:
    """Delete the sessions that are over: each names who was signed in."""
    call_command("clearsessions", verbosity=0)


def delete_expired_cache_rows() -> None:
    """Delete the rows of the cache that ran out: Django itself waits until the table is full."""
    with connection.cursor() as cursor:
        over = connection.ops.adapt_datetimefield_value(clock.now())
        cursor.execute("DELETE FROM cache WHERE expires < %s", [over])


def erase_old_sightings_and_questions() -> None:
    """Erase what citizens saw, 30 days after the police ended it, and questions long answered (R84, R85)."""
    sightings.erase_old_sightings(by=None, at=clock.now())
    questions.delete_old_questions(by=None, at=clock.now())


def erase_old_reply_and_entry_codes() -> None:
    """Erase the codes by which messages were relayed in an answer (R84), and those by which members came in."""
    notices.delete_old_reply_codes_and_events(by=None, at=clock.now())
    codes.delete_old_codes(at=clock.now())


def ask_members_with_failing_address() -> None:
    """Ask members whose address fails for another one, by a way that still works (R66)."""
    while other_contacts.ask_members_for_working_contact(by=None, at=clock.now()) == other_contacts.AT_ONCE:
        pass


def erase_departed_members_and_firms() -> None:
    """Erase members who left everywhere a month ago (R84), and the firms to which nobody belongs any more."""
    while erasure.erase_former_members(by=None, at=clock.now()) == erasure.AT_ONCE:
        pass
    firms.delete_deserted_firms(by=None, at=clock.now())


def erase_month_old_letters_and_three_year_old_log() -> None:
    """Erase the texts of letters a month after they left, and the log of three years ago (R84)."""
    while delivery.delete_texts_of_ended_messages(by=None, at=clock.now()):
        pass
    while delivery.delete_old_messages_and_copies(by=None, at=clock.now()):
        pass


def empty_old_access_log_entries() -> None:
    """Forget who looked at lists and reports, once its time is over (R84): the places of the entries stay."""
    at = clock.now()
    before = at - retention_term("reads", READS_KEPT)
    while journal.empty_batch_of_old_read_entries(before=before, by=None, at=at):
        pass


def send_plan_date_reminders() -> None:
    """Recall the dates of each partnership to those who must see to them (R30)."""
    for partnership in partnerships_not_ended():
        dates.queue_due_date_reminders(partnership=partnership, by=None, at=clock.now())


class DateReminders:
    """The same as a chore, for a few partnerships at a time: for those of a country it takes minutes."""

    def __init__(self) -> None:
        self.waiting: list[UUID] = []

    def send_next_reminders(self) -> bool:
        """Recall the dates of the next few; whether others wait."""
        waiting = self.waiting or list(partnerships_not_ended().values_list("pk", flat=True))
        self.waiting = waiting[A_FEW:]
        for partnership in partnerships_not_ended().filter(pk__in=waiting[:A_FEW]):
            dates.queue_due_date_reminders(partnership=partnership, by=None, at=clock.now())
        return bool(self.waiting)


def expire_notices_and_withdraw_missing_person_messages() -> None:
    """End what nobody relayed in time (R111), withdraw missing-person messages whose time has come from everybody whom
    they reached (R125), and close what the police of another zone did not answer in time (R120).
    """
    notices.expire_or_withdraw_notices(by=None, at=clock.now())
    notices.close_expired_takeover_requests(by=None, at=clock.now())


def send_monthly_journal_heads_to_officials() -> None:
    """Tell coordinators and officers once a month where the journal ends (T38)."""
    while journal_letters.send_due_journal_heads_to_officials(by=None, at=clock.now()) == journal_letters.AT_ONCE:
        pass


def refresh_few_plan_positions() -> bool:
    """Bring a few rows of the list of step plans up to date: mandates end and days pass without a line in the journal
    (R30). Answers whether there may be more: of a country it takes minutes.
    """
    everywhere, now = Partnership.objects.all(), clock.now()
    return positions.refresh_stale_plan_positions(partnerships=everywhere, at=now, most=A_FEW) == A_FEW


def daily_chores() -> list[PeriodicTask]:
    """The chores of a worker: at its start, then once a day."""
    by_machine = (
        ideas.erase_contents_of_answered_ideas,
        protection.delete_old_breaches,
        candidates.erase_closed_candidacies,
        notices.delete_old_answers_readings_and_help_calls,
        evening.delete_old_replies,
        drafts.delete_old_drafts,
        buddies.erase_idle_helpers,
        list_imports.delete_old_list_drafts_and_undo_data,
        measures.erase_expired_files,
        measures.migrate_own_words_of_0_2_0,
        refusals.erase_refused_and_stale_applicants,
        house_moves.create_applications_for_moved_members,
        delivery.delete_old_number_and_code_counters,
        charter.remind_members_to_accept_rules,
        term_clock.remind_of_and_end_due_mandates,
    )
    chores = (
        delete_expired_sessions,
        delete_expired_cache_rows,
        erase_old_sightings_and_questions,
        _chore_of_action_at_current_time(webhook_calls.delete_old_calls),
        erase_old_reply_and_entry_codes,
        erase_month_old_letters_and_three_year_old_log,
        erasures.add_missing_acts_to_file,
        erase_departed_members_and_firms,
        empty_old_access_log_entries,
        letter_post.delete_contact_digests_moved_a_year_ago,
        ask_members_with_failing_address,
        DateReminders().send_next_reminders,
        *(_chore_of_action_at_current_time(act, by=None) for act in by_machine),
        _chore_of_action_at_current_time(rota_clock.report_gaps_and_delete_old_shifts),
        refresh_few_plan_positions,
        send_monthly_journal_heads_to_officials,
        _chore_of_action_at_current_time(devices.delete_unseen_devices),
        letter_post.queue_register_changes_for_subscribers,
        letter_post.delete_old_exchange_letters_and_keys,
    )
    return [PeriodicTask(DAY, chore) for chore in chores]


def frequent_chores() -> list[PeriodicTask]:
    """The chores of a worker that cannot wait for tomorrow: at its start, then every few minutes."""
    chores = [
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(clocks.remind_or_pass_on_due_matters, by=None)),
        PeriodicTask(MINUTE, expire_notices_and_withdraw_missing_person_messages),
        PeriodicTask(MINUTE, _chore_of_action_at_current_time(on_call.pass_on_urgent_matters, by=None)),
        PeriodicTask(MINUTE, _chore_of_action_at_current_time(notices.queue_valid_notices_for_newcomers, by=None)),
        PeriodicTask(
            FEW_MINUTES, _chore_of_action_at_current_time(quarter_clock.apply_or_give_up_due_quarter_changes, by=None)
        ),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(life.carry_out_ends_that_are_due, by=None)),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(evening.remind_attendees_of_meetings, by=None)),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(evening.propose_elected_who_registered, by=None)),
        PeriodicTask(
            FEW_MINUTES, _chore_of_action_at_current_time(meetings.cancel_meetings_of_ended_partnerships, by=None)
        ),
        PeriodicTask(
            FEW_MINUTES, _chore_of_action_at_current_time(surveys.close_surveys_of_ended_partnerships, by=None)
        ),
        PeriodicTask(
            FEW_MINUTES, _chore_of_action_at_current_time(charter.raise_amendments_for_ended_offices, by=None)
        ),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(notices.draft_due_infoflashes, by=None)),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(tokens.end_tokens_without_right, by=None)),
        PeriodicTask(FEW_MINUTES, _chore_of_action_at_current_time(assignment.escalate_or_reassign_sightings, by=None)),
        PeriodicTask(
            FEW_MINUTES, _chore_of_action_at_current_time(address_changes.replace_account_and_contact_addresses)
        ),
        PeriodicTask(letter_post.EVERY, letter_post.LetterPost().record_outcomes_and_post_due_letters),
    ]
    if settings.PAPER_FOLDER and settings.PAPER_RECIPIENT:
        chores.append(PeriodicTask(paper_trees.EVERY, paper_trees.renew_next_stale_and_delete_ended_call_trees))
    if settings.WEBHOOK_HOSTS:
        chores.append(PeriodicTask(webhooks.EVERY, webhooks.WebhookCaller().record_outcomes_and_start_due_calls))
    if settings.CAP_FEED:
        chores.append(
            PeriodicTask(cap_feed.EVERY, cap_feed.AlertFeed(settings.CAP_FEED).receive_fetched_alerts_and_fetch_again)
        )
    if settings.IMAP_URL:
        chores.append(PeriodicTask(inbox.TURN, inbox.AnswerMailbox().answer_few_mails_and_start_fetch))
    return chores
