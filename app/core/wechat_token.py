"""WeChat's access token, shared by all processes through the database.

Each process keeps the token in memory and looks here when it has none that is
good. Who finds none here either claims the right to renew, a lease of a few
seconds, by one UPDATE that only one caller can win; the others look again until
the new token is there. No transaction is open while WeChat is asked, and none of
this takes part in a transaction of the caller's: it has a connection of its own.

The table helps and is not needed: when the database is busy or away, the process
renews for itself. WeChat's stable_token answers all of them with the same token.
"""

import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from cryptography.fernet import InvalidToken
from flask import Flask
from sqlalchemy import String, Text, UniqueConstraint, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.crypto import decrypt, encrypt
from app.core.db import Base, changed_rows, read, writing
from app.core.idempotency import insert_ignore
from app.core.wechat_line import AccessToken

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
"""Longer than asking for a token takes, tries and all; whoever died is waited for so long."""
LOOK_EVERY_S = 0.05


class WeChatToken(Base):
    """The token of one mini-program, sealed, and who is renewing it."""

    __tablename__ = "wechat_tokens"
    __table_args__ = (UniqueConstraint("appid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appid: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column()
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column()


class DatabaseTokenStore:
    """The token store of a deployment: one for each process."""

    def __init__(self, app: Flask, appid: str) -> None:
        self._app = app
        self._appid = appid
        self._held: AccessToken | None = None
        self._right = Lock()

    def get(self) -> AccessToken | None:
        """Return what this process holds."""
        return self._held

    def renewed(
        self,
        usable: Callable[[AccessToken], bool],
        fetch: Callable[[], AccessToken],
        patience_s: float,
    ) -> AccessToken:
        """Return the deployment's token. Errors: TimeoutError; those of `fetch`."""
        deadline = time.monotonic() + patience_s
        # One thread of a process is enough to look and to claim.
        if not self._right.acquire(timeout=max(patience_s, 0)):
            raise TimeoutError
        try:
            if self._held is None or not usable(self._held):
                self._held = self._found_or_fetched(usable, fetch, deadline)
            return self._held
        finally:
            self._right.release()

    def _found_or_fetched(
        self,
        usable: Callable[[AccessToken], bool],
        fetch: Callable[[], AccessToken],
        deadline: float,
    ) -> AccessToken:
        lease = secrets.token_hex(16)
        while True:
            try:
                version, kept = self._look()
                mine = (kept is None or not usable(kept)) and self._claim(version, lease)
            except SQLAlchemyError as error:
                log.warning("the shared token is out of reach: %s", type(error).__name__)
                return fetch()
            if kept is not None and usable(kept):
                return kept
            if mine:
                return self._fetch_and_keep(fetch, lease)
            if time.monotonic() + LOOK_EVERY_S >= deadline:
                raise TimeoutError
            time.sleep(LOOK_EVERY_S)

    def _look(self) -> tuple[int, AccessToken | None]:
        """Return the token's version and the token, as they are kept at this moment."""
        kept = select(WeChatToken.version, WeChatToken.sealed, WeChatToken.expires_at).where(
            WeChatToken.appid == self._appid
        )
        with self._app.app_context():
            row = read(kept).one_or_none()
            if row is None:
                with writing():
                    values = {"appid": self._appid, "version": 0}
                    changed_rows(insert_ignore(WeChatToken).values(**values))
                return 0, None
            return row.version, _opened(row)

    def _claim(self, version: int, lease: str) -> bool:
        """Whether the right to renew is ours now: nobody has it, and nobody has renewed."""
        now = clock.now()
        free = or_(WeChatToken.leased_until.is_(None), WeChatToken.leased_until <= now)
        return self._changed(
            update(WeChatToken)
            .where(WeChatToken.appid == self._appid, WeChatToken.version == version, free)
            .values(lease=lease, leased_until=now + LEASE)
        )

    def _fetch_and_keep(self, fetch: Callable[[], AccessToken], lease: str) -> AccessToken:
        ours = update(WeChatToken).where(
            WeChatToken.appid == self._appid, WeChatToken.lease == lease
        )
        released = {"lease": None, "leased_until": None}
        fetched: AccessToken | None = None
        try:
            fetched = fetch()
        finally:
            try:
                with self._app.app_context():
                    kept = _sealed(fetched) if fetched else {}
                self._changed(ours.values(**released, **kept))
            except SQLAlchemyError as error:
                # The token is good all the same; the lease runs out by itself.
                log.warning("the token could not be shared: %s", type(error).__name__)
        return fetched

    def _changed(self, statement: Any) -> bool:
        with self._app.app_context(), writing():
            return changed_rows(statement) == 1


def _sealed(token: AccessToken) -> dict[str, Any]:
    return {
        "sealed": encrypt(token.value),
        "expires_at": token.expires_at,
        "version": WeChatToken.version + 1,
    }


def _opened(row: Any) -> AccessToken | None:
    """Return the token of a row; none where there is none, or another SECRET_KEY sealed it."""
    if row.sealed is None or row.expires_at is None:
        return None
    try:
        return AccessToken(decrypt(row.sealed), row.expires_at)
    except InvalidToken:
        return None
