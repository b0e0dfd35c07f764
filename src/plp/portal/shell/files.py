"""Files given to the browser: never opened as a page of ours (trust 3.3)."""

from django.http import HttpResponse


def download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """A file as answer, in a sandbox of its own.

    ``name`` is ours (letters, digits, dash, dot), never a name that somebody typed; ``inline`` shows it in the browser
    instead of saving it (a PDF to print).
    """
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
