"""Addresses of the shell."""

from django.urls import path

from plp.portal.shell import views

app_name = "shell"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("drafts/", views.keep_draft, name="keep_draft"),
    path("drafts/<uuid:key>/drop/", views.drop_draft, name="drop_draft"),
    path("design/", views.design, name="design"),
]
