"""Serve the stand-in alone: `python -m tools.wechat_sandbox --port 8001`.

It answers to the app id and secret in `WECHAT_APPID` and `WECHAT_SECRET`, or to
the demo's where they are not set; pushes go to `WECHAT_PUSH_URL`, if that is set, with
`WECHAT_PUSH_TOKEN` and `WECHAT_PUSH_KEY` (plain without a key). People's names on the page are
those of the file `DEMO_PEOPLE`.
"""

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from tools.wechat_sandbox.identities import openid_of
from tools.wechat_sandbox.pushes import Address
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
    parser.add_argument("--keep", type=int, help="remember so many calls and messages")
    options = parser.parse_args(argv)
    sandbox = Sandbox(
        os.environ.get("WECHAT_APPID") or DEMO_APPID,
        os.environ.get("WECHAT_SECRET") or DEMO_SECRET,
        address=Address(
            os.environ.get("WECHAT_PUSH_URL", ""),
            os.environ.get("WECHAT_PUSH_TOKEN") or "demo",
            os.environ.get("WECHAT_PUSH_KEY", ""),
        ),
        people=_people(os.environ.get("DEMO_PEOPLE")),
        template_ids=json.loads(os.environ.get("WECHAT_TEMPLATES") or "{}"),
        kept=options.keep,
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


def _people(path: str | None) -> dict[str, str]:
    """Return the demo people's names by openid."""
    if not path or not Path(path).is_file():
        return {}
    people = json.loads(Path(path).read_text(encoding="utf-8"))
    return {openid_of(person["code"]): person["name"] for person in people}


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
