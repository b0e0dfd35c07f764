"""Addresses of the evaluation: everything of one partnership stands under its key; ``answer/`` is for its members."""

from django.urls import path

from plp.portal.subjects.evaluation.views import member_survey, objectives, overview, report, survey

app_name = "evaluation"
PREFIX = "evaluation/"
urlpatterns = [
    path("", overview.list_evaluations_or_open_only_one, name="index"),
    path("answer/", member_survey.answer_survey, name="answer"),
    path("answer/thanks/", member_survey.survey_thanks_page, name="thanks"),
    path("<slug:key>/", overview.partnership_evaluation_page, name="home"),
    path("<slug:key>/due/", overview.edit_evaluation_due_day, name="due"),
    path("<slug:key>/trail/", overview.decision_trail_page, name="trail"),
    path("<slug:key>/figures/<uuid:number>/", overview.report_figures_page, name="figures"),
    path("<slug:key>/files/<uuid:number>/", overview.download_report_file, name="file"),
    path("<slug:key>/objectives/", objectives.objective_list, name="objectives"),
    path("<slug:key>/objectives/<slug:source>/", objectives.edit_objective, name="objective"),
    path("<slug:key>/tasks/", objectives.add_report_task, name="task_add"),
    path("<slug:key>/tasks/<uuid:number>/", objectives.finish_or_withdraw_task, name="task"),
    path("<slug:key>/begin/", report.begin_report, name="begin"),
    path("<slug:key>/report/", report.edit_report, name="write"),
    path("<slug:key>/report/read/", report.read_report, name="read"),
    path("<slug:key>/report/put-up/", report.put_up_for_signature, name="put_up"),
    path("<slug:key>/report/take-back/", report.take_back_to_draft, name="take_back"),
    path("<slug:key>/report/sign/<slug:slot>/", report.sign_evaluation_report, name="sign"),
    path("<slug:key>/survey/", survey.see_or_open_survey, name="survey"),
    path("<slug:key>/survey/form/", survey.enter_paper_forms, name="survey_form"),
    path("<slug:key>/survey/forms.pdf", survey.print_survey_forms, name="survey_forms"),
    path("<slug:key>/survey/close/", survey.close_member_survey, name="survey_close"),
]
