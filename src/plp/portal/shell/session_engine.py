"""Where Django keeps sessions: in the database, each under a digest of the key that its cookie holds (T6, T52)."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

PLAIN = 32  # letters of a key; rows written before version 0.3 stand under it, no digest is as short


def hashed_session_key(key: str) -> str:
    """Under what the session of ``key`` is kept: 160 bits of SHA-256, for a key is 165 bits of chance."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """A copy of the table opens nobody's session: the key stands in the cookie alone."""

    def load(self) -> dict[str, Any]:
        """What the session holds; one kept under its plain key is kept under the digest from now on."""
        key = self.session_key or ""
        wanted = [hashed_session_key(key), *([key] if len(key) == PLAIN else [])]
        found = self.model.objects.filter(session_key__in=wanted, expire_date__gt=timezone.now())[:1]
        for row in found:
            if row.session_key == key:
                self.model.objects.filter(session_key=key).update(session_key=hashed_session_key(key))
            held: dict[str, Any] = self.decode(row.session_data)
            return held
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        taken: bool = super().exists(hashed_session_key(session_key))
        return taken

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of the session."""
        row = super().create_model_instance(data)
        row.session_key = hashed_session_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session of ``session_key``, by default this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(hashed_session_key(key))
