"""A stand-in that answers each call after the same time, and holds any number at once.

`python -m bench.slow PORT MILLISECONDS`. It costs next to no CPU, so that what is
measured is who asks.
"""

import asyncio
import sys

TOKEN = b'{"access_token":"' + b"t" * 64 + b'","expires_in":7200}'
TAKEN = b'{"errcode":0,"errmsg":"ok","msgid":1}'
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


def answer(content: bytes) -> bytes:
    """Return an answer as it goes over the wire."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)


class Connection(asyncio.Protocol):
    """One connection; who asks waits for the answer before the next question."""

    pause_s = 0.05

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer a question once all of it is here."""
        self._read += data
        head, found, rest = self._read.partition(END_OF_HEAD)
        if not found:
            return
        lengths = (line for line in head.lower().split(b"\r\n") if line.startswith(LENGTH))
        if len(rest) < int(next(lengths, LENGTH + b"0")[len(LENGTH) :]):
            return
        content = TOKEN if b"stable_token" in head else TAKEN
        self._read = b""
        asyncio.get_running_loop().call_later(self.pause_s, self._answer, content)

    def _answer(self, content: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer(content))


async def serve(port: int, pause_s: float) -> None:
    """Serve until killed."""
    Connection.pause_s = pause_s
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]) / 1000))
