"""Addresses of measures; ``mine/`` is for the person concerned."""

from django.urls import path

from plp.portal.subjects.measures.views import appeals, files, mine, steps

app_name = "measures"
PREFIX = "measures/"
urlpatterns = [
    path("", files.measure_file_list, name="listed"),
    path("open/<slug:ladder>/<slug:key>/", files.open_measure_file, name="begin"),
    path("mine/", mine.own_file_list, name="mine"),
    path("mine/<uuid:key>/say/", mine.write_own_view, name="say"),
    path("mine/letters/<uuid:measure>.pdf", mine.measure_letter_file, name="my_letter"),
    path("mine/letters/<uuid:measure>/appeal.pdf", mine.decision_letter_file, name="my_appeal_letter"),
    path("<uuid:key>/", files.measure_file_page, name="detail"),
    path("<uuid:key>/words/<uuid:words>/", files.pass_on_or_keep_own_words, name="pass_on_or_keep_words"),
    path("<uuid:key>/talk/", steps.record_talk, name="talk"),
    path("<uuid:key>/propose/<slug:step>/", steps.propose_measure, name="propose"),
    path("<uuid:key>/close/", files.close_measure_file, name="close"),
    path("<uuid:key>/<uuid:measure>/sign/", steps.sign_measure, name="sign"),
    path("<uuid:key>/<uuid:measure>/drop/", steps.drop_proposed_measure, name="drop"),
    path("<uuid:key>/<uuid:measure>/lift/", steps.lift_measure, name="lift"),
    path("<uuid:key>/<uuid:measure>/copy/", steps.record_copy_sent, name="copy"),
    path("<uuid:key>/<uuid:measure>/letter.pdf", files.measure_letter_file, name="letter"),
    path("<uuid:key>/<uuid:measure>/appeal/", appeals.record_appeal, name="lodge"),
    path("<uuid:key>/<uuid:measure>/appeal/decide/", appeals.decide_appeal, name="decide"),
    path("<uuid:key>/<uuid:measure>/appeal/letter.pdf", appeals.decision_letter_file, name="appeal_letter"),
]
