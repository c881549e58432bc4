"""Somebody who reports by HTTP, again and again until the server has said that it is taken."""

import http.client
import json
import secrets
import threading

from bench.requests import REPORT

PAUSE_S = 0.4
AGAIN_S = 0.3
TAKEN = 201


class Reporter(threading.Thread):
    """Reports until stopped. `taken`: the ids of the cases that the server promised to keep."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._token = token
        self._over = threading.Event()
        self.taken: list[int] = []
        self.tries = 0

    def stop(self) -> None:
        """Report nothing new; what is being reported is brought to its end."""
        self._over.set()

    def run(self) -> None:
        """Report, one case after the other."""
        while not self._over.is_set():
            self.taken.append(self._report(secrets.token_hex(12)))
            self._over.wait(PAUSE_S)

    def _report(self, key: str) -> int:
        while True:
            self.tries += 1
            try:
                answered = self._post(key)
            except (OSError, http.client.HTTPException, ValueError):
                answered = None
            if answered is not None:
                return answered
            threading.Event().wait(AGAIN_S)

    def _post(self, key: str) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        try:
            headers = {
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            }
            connection.request("POST", "/api/v1/hazards", json.dumps(REPORT), headers)
            answer = connection.getresponse()
            content = answer.read()
            return int(json.loads(content)["id"]) if answer.status == TAKEN else None
        finally:
            connection.close()
