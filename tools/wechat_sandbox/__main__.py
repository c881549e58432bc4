"""Serve the stand-in alone: `python -m tools.wechat_sandbox --port 8001`.

It answers to the app id and secret in `WECHAT_APPID` and `WECHAT_SECRET`, or to
the demo's where they are not set.
"""

import argparse
import os
import signal
import sys
from types import FrameType

from tools.wechat_sandbox.server import (
    BANNER,
    DEMO_APPID,
    DEMO_SECRET,
    Sandbox,
    make_sandbox_server,
)


def main(argv: list[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM. Return the exit status, 1 if the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m tools.wechat_sandbox", description=BANNER)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    options = parser.parse_args(argv)
    sandbox = Sandbox(
        os.environ.get("WECHAT_APPID") or DEMO_APPID,
        os.environ.get("WECHAT_SECRET") or DEMO_SECRET,
    )
    try:
        server = make_sandbox_server(sandbox, options.host, options.port)
    except OSError as error:
        print(f"Cannot listen on {options.host}:{options.port}: {error}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    # Flushed, because a process manager reads through a pipe.
    print(f"{BANNER}Listening on http://{options.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
