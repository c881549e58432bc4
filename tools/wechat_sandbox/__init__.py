"""A stand-in for WeChat's server API: same protocol, no WeChat.

The demo and the tests sign people in against it, so that the product itself has
one way in and no back door. Run it with `python -m tools.wechat_sandbox`, or
inside a test with `running_sandbox()`.

| module     | holds                                                        |
|------------|--------------------------------------------------------------|
| identities | who a code stands for: pure functions                        |
| answers    | error codes and their words; refusals                        |
| tokens     | access tokens as /cgi-bin/stable_token deals them            |
| faults     | answers programmed by a test                                 |
| rates      | faults by chance                                             |
| ledger     | the calls received                                           |
| templates  | the account's subscribe messages and what their fields hold  |
| messages   | the subscribe messages received                              |
| pushes     | what WeChat sends by itself                                  |
| calls      | what each call of the protocol does                          |
| controls   | what tests programme and look into it by                     |
| page       | the messages as phones would show them, at `/sandbox`        |
| server     | the Flask app, and serving it                                |

A new call is a function in `calls` and its line in `calls.CALLS`.
"""

from tools.wechat_sandbox.identities import openid_of, phone_of
from tools.wechat_sandbox.server import RunningSandbox, running_sandbox

__all__ = ["RunningSandbox", "openid_of", "phone_of", "running_sandbox"]
