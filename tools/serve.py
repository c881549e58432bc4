"""Set a demo up and serve it whole: `python -m tools.serve --port 8000`.

The database is brought up to date, demo data is added where there is none, and
the Procfile's processes run until Ctrl-C. Where all is new, a month of a living
community comes with it; `--no-month` leaves it out. `--ephemeral` keeps everything in a
folder that is thrown away afterwards, without a month unless one asks: for tests.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import FrameType

from app.config import DEMO_PUSH_KEY

ROOT = Path(__file__).parent.parent
READY_WITHIN_SECONDS = 300
OK = 200


def main(argv: list[str] | None = None) -> int:
    """Serve until told to stop. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--ephemeral", action="store_true", help="throw the data away afterwards")
    parser.add_argument("--month", action=argparse.BooleanOptionalAction, help="a month comes too")
    options = parser.parse_args(argv)
    month = not options.ephemeral if options.month is None else options.month
    for port in (options.port, options.port + 1):
        if taken(port):
            say(f"Port {port} is taken. Choose another: make run PORT=8100")
            return 1
    if not options.ephemeral:
        return serve(options.port, environment(options.port), month=month)
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        env = environment(options.port) | {"LINLI_INSTANCE": folder}
        return serve(options.port, env, month=month)


def environment(port: int) -> dict[str, str]:
    """Return the environment of a demo on a port; the stand-in listens on the next one."""
    scripts = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
        "LINLI_ENV": os.environ.get("LINLI_ENV", "demo"),
        "PORT": str(port),
        "SANDBOX_PORT": str(port + 1),
        "WECHAT_BASE_URL": f"http://127.0.0.1:{port + 1}",
        "WECHAT_PUSH_URL": f"http://127.0.0.1:{port}/wechat/push",
        "WECHAT_PUSH_KEY": os.environ.get("WECHAT_PUSH_KEY", DEMO_PUSH_KEY),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DEMO_PEOPLE": str(ROOT / "demo" / "people.json"),
        "PYTHONUNBUFFERED": "1",
    }


def ready(port: int) -> bool:
    """Whether the web server can do its work."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == OK)
    except OSError:
        return False


def taken(port: int) -> bool:
    """Whether somebody listens on a loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(port: int, env: dict[str, str], *, month: bool) -> int:
    """Set up, start the processes, say when they are ready, wait for the end.

    `month`: where there was nothing, a month of a living community is added, too.
    """
    started = time.monotonic()
    say("Bringing the database up to date and adding demo data where there is none ...")
    seed = [sys.executable, "-m", "demo.seed", *(["--month"] if month else [])]
    if subprocess.run(seed, env=env, cwd=ROOT, check=False).returncode:
        return 1
    say("Starting web, jobs, deliveries and the stand-in WeChat server ...")
    # A session of its own: Ctrl-C reaches us alone, and we stop them in order.
    honcho = subprocess.Popen(
        [sys.executable, "-m", "honcho", "--no-colour", "start"],
        env=env,
        cwd=ROOT,
        start_new_session=True,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        honcho.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if wait_until_ready(port, honcho):
        say(f"Linli 邻里安 is at http://127.0.0.1:{port}  (API: /api/docs)")
        say(f"What it sends to WeChat arrives at http://127.0.0.1:{port + 1}/sandbox")
        say(f"Ready after {time.monotonic() - started:.1f} s. Ctrl-C stops it.")
    code = honcho.wait()
    say("Stopped.")
    # Told to stop is what was wanted, whatever number it is called by.
    return 0 if code in {0, 130, 143, -signal.SIGTERM, -signal.SIGINT} else code


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Return whether the web server came up."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if ready(port):
            return True
        time.sleep(0.1)
    return False


def say(sentence: str) -> None:
    """Tell whoever started this, at once."""
    print(f"linli | {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
