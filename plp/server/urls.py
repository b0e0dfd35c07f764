"""The root of the address tree."""

urlpatterns: list = []
