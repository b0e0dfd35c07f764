"""Addresses of the evaluation: everything of one partnership stands under its key."""

app_name = "evaluation"
urlpatterns: list = []
