"""Refuse a mini-program client made from another API: `python -m tools.check_client`."""

import sys

from app.config import ROOT, Settings
from app.factory import create_app

COMMITTED = ROOT / "miniprogram" / "openapi.json"


def main() -> int:
    """Compare the committed document with the API as it is. Return the exit status."""
    app = create_app(Settings.from_environment({"LINLI_ENV": "test"}))
    if COMMITTED.read_text(encoding="utf-8") == app.extensions["linli_openapi"]():
        return 0
    print("miniprogram/openapi.json is of another API: run `make client`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
