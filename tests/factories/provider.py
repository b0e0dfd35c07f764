"""A provider of sign-ins (OpenID Connect) on this machine: it says of everybody what the test wants it to say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt


class Provider:
    """``claims``: what it says of whoever signs in; ``asked``: the forms that came to its token endpoint."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []

    def app(self, key: str = "zone", name: str = "Zone", second_factor: str = "mfa") -> dict[str, Any]:
        """The settings by which allauth knows it: ``second_factor`` is the word that we believe."""
        settings = {"server_url": self.origin, "oauth_pkce_enabled": True, "second_factor": second_factor.split()}
        return {"provider_id": key, "name": name, "client_id": "plp", "secret": "s" * 32, "settings": settings}

    def answer(self, path: str) -> dict[str, Any]:
        """What stands at a path."""
        if path.startswith("/.well-known/"):
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            known = {f"{name}_endpoint": f"{self.origin}/{end}" for name, end in ends.items()}
            methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
            return {"issuer": self.origin, "jwks_uri": f"{self.origin}/keys", **known, **methods}
        if path == "/userinfo":
            return {name: value for name, value in self.claims.items() if name not in {"acr", "amr"}}
        signed = {"iss": self.origin, "aud": "plp", "exp": 4_102_444_800, "iat": 1_700_000_000, **self.claims}
        token = jwt.encode(signed, "k" * 32, algorithm="HS256")
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider while the test runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        made = Provider(f"http://127.0.0.1:{server.server_address[1]}")

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = json.dumps(made.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self) -> None:
                made.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.do_GET()

            def log_message(self, *arguments: Any) -> None:
                """Say nothing."""

        server.RequestHandlerClass = Handler
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()
