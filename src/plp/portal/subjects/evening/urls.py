"""Addresses of the evenings: the desk of those who lead, and behind ``p/<token>/`` the pages for everybody."""

from django.urls import path

from plp.portal.subjects.evening.views import (
    agenda,
    contributions,
    invitations,
    live,
    meetings,
    minutes,
    papers,
    presence,
    public,
    replies,
    sheet,
    votes,
)

app_name = "evening"
PREFIX = "evening/"
HERE = "<slug:key>/<uuid:meeting>"

urlpatterns = [
    path("", meetings.led_partnership_list_or_only_one, name="everywhere"),
    path("p/<str:token>/", public.meeting_page, name="page"),
    path("p/<str:token>/evening.ics", public.meeting_calendar_file, name="calendar"),
    path("p/<str:token>/screen/", public.room_screen, name="room"),
    path("p/<str:token>/code.svg", public.meeting_page_qr_code, name="code"),
    path("p/<str:token>/vote/code.svg", public.vote_qr_code, name="vote_code"),
    path("p/<str:token>/vote/", public.vote_with_ballot_code, name="vote"),
    path("p/<str:token>/voted/", public.vote_confirmation, name="voted"),
    path("p/<str:token>/door/<str:link>/", public.take_ballot_code_by_link, name="take"),
    path("p/<str:token>/here/", public.note_own_arrival, name="here"),
    path("p/<str:token>/r/", replies.reply_to_invitation, name="own_reply"),
    path("p/<str:token>/r/<slug:code>", replies.reply_to_invitation, name="reply"),
    path("p/<str:token>/help/", public.offer_help, name="help"),
    path("p/<str:token>/minutes/<str:language>.pdf", public.approved_minutes_file, name="public_minutes"),
    path("<slug:key>/", meetings.meeting_list, name="home"),
    path("<slug:key>/plan/", meetings.plan_meeting, name="plan"),
    path(f"{HERE}/", meetings.meeting_detail, name="detail"),
    path(f"{HERE}/change/", meetings.change_meeting, name="change"),
    path(f"{HERE}/convene/", meetings.convene_and_invite, name="convene"),
    path(f"{HERE}/cancel/", meetings.cancel_meeting, name="cancel"),
    path(f"{HERE}/agenda/", agenda.show_agenda_and_add_theme, name="agenda"),
    path(f"{HERE}/agenda/<int:point>/", agenda.edit_record_and_tick_point, name="point"),
    path(f"{HERE}/invitations/", invitations.send_and_track_invitations, name="invitations"),
    path(
        f"{HERE}/invitations/<int:invitation>/letters.pdf", invitations.print_street_invitation_letters, name="letters"
    ),
    path(f"{HERE}/sheet/", sheet.enter_or_correct_sheet, name="sheet"),
    path(f"{HERE}/presence/", presence.record_presence, name="presence"),
    path(f"{HERE}/door/", presence.create_ballot_code_link, name="door"),
    path(f"{HERE}/door/<str:link>/", presence.show_ballot_code_link, name="door_link"),
    path(f"{HERE}/door/<str:link>/code.svg", presence.ballot_code_link_qr_code, name="door_code"),
    path(f"{HERE}/papers/", papers.create_and_print_ballots, name="papers"),
    path(f"{HERE}/votes/", votes.list_and_prepare_votes, name="votes"),
    path(f"{HERE}/votes/<uuid:question>/", votes.open_or_count_vote, name="question"),
    path(f"{HERE}/votes/<uuid:question>/close/", votes.close_vote, name="close"),
    path(f"{HERE}/voices/", contributions.record_volunteers_and_opinions, name="voices"),
    path(f"{HERE}/voices/<uuid:opinion>/answer/", contributions.answer_opinion, name="answer"),
    path(f"{HERE}/voices/<str:what>/<uuid:row>/strike/", contributions.remove_contribution, name="strike"),
    path(f"{HERE}/agreements/", contributions.record_agreements, name="agreements"),
    path(f"{HERE}/minutes/", minutes.write_and_send_minutes, name="minutes"),
    path(f"{HERE}/minutes/approve/", minutes.approve_minutes, name="approve"),
    path(f"{HERE}/minutes/<str:language>/", minutes.correct_minutes, name="correct"),
    path(f"{HERE}/minutes/<str:language>.pdf", minutes.minutes_file, name="minutes_file"),
    path(f"{HERE}/screen/", live.redirect_to_public_room_screen, name="screen"),
    path(f"{HERE}/chair/", live.chair_meeting, name="chair"),
    path(f"{HERE}/end/", live.end_meeting, name="end"),
]
