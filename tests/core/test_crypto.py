"""What is sealed or signed here is worth nothing anywhere else, and nothing once touched."""

import pytest
from cryptography.fernet import InvalidToken
from flask import Flask

from app.core import crypto


def deployment(secret):
    app = Flask("deployment")
    app.config["SECRET_KEY"] = secret
    return app.app_context()


@pytest.fixture(autouse=True)
def _own_deployment():
    with deployment("the one"):
        yield


def test_what_is_encrypted_reads_the_same_afterwards():
    sealed = crypto.encrypt("13800000001 · 周奶奶")
    assert "1380000" not in sealed
    assert crypto.decrypt(sealed) == "13800000001 · 周奶奶"


def test_the_same_number_never_looks_the_same_at_rest():
    assert crypto.encrypt("13800000001") != crypto.encrypt("13800000001")


def test_another_deployment_reads_nothing():
    sealed = crypto.encrypt("13800000001")
    with deployment("another"), pytest.raises(InvalidToken):
        crypto.decrypt(sealed)


def test_a_touched_secret_is_no_secret_of_ours():
    sealed = crypto.encrypt("13800000001")
    middle = len(sealed) // 2
    touched = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(InvalidToken):
        crypto.decrypt(touched)


def test_a_signature_is_good_for_its_message_alone():
    signature = crypto.sign("photo/full/1")
    assert len(signature) == 27
    assert crypto.signed("photo/full/1", signature)
    assert not crypto.signed("photo/full/2", signature)


@pytest.mark.parametrize(
    "forged",
    ["", "x", "A" * 27, "签名", "\udc80", "\0", lambda good: good + "=", lambda good: good[:-1],
     lambda good: good.swapcase(), lambda good: f" {good}"],
)  # fmt: skip
def test_a_forged_signature_is_refused(forged):
    good = crypto.sign("message")
    assert not crypto.signed("message", forged(good) if callable(forged) else forged)


def test_another_deployments_signature_is_refused():
    with deployment("another"):
        signature = crypto.sign("message")
    assert not crypto.signed("message", signature)


def test_links_and_secrets_have_keys_of_their_own():
    assert crypto._own_key("links") != crypto._own_key("at rest")


def test_random_tokens_differ_and_their_fingerprints_tell_nothing():
    tokens = {crypto.random_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    token = tokens.pop()
    assert token not in crypto.fingerprint(token)
    assert crypto.fingerprint(token) == crypto.fingerprint(token)
    assert len(crypto.fingerprint("\ud800")) == 64
