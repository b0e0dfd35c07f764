"""How a view of this room says who may call it: the decorators of the portal are not ours to import."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Open to anybody; what proves the caller, if anything must, is a signature in the address."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view
