"""Addresses of the shell."""

from django.urls import path

from plp.portal.shell import offline, views

app_name = "shell"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("manifest.webmanifest", offline.web_app_manifest_file, name="manifest"),
    path("app/", offline.redirect_from_home_screen, name="app"),
    path("worker.js", offline.service_worker_script, name="worker"),
    path("offline/", offline.offline_page, name="offline"),
    path("first-steps/put-away/", views.dismiss_first_steps, name="put_away"),
    path("drafts/", views.save_form_draft, name="keep_draft"),
    path("drafts/<uuid:key>/drop/", views.delete_form_draft, name="drop_draft"),
    path("design/", views.design_page, name="design"),
]
