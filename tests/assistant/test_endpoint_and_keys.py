"""Where the text goes and with which key: never to another host, never written down."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError
from pydantic import SecretStr

from smmlib.assistant import Endpoint, KeyRefusedError, find_key, forget_key, keep_key
from smmlib.errors import InvalidRecordError


def at(url: str) -> Endpoint:
    return Endpoint(base_url=url, model="test")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:11434/v1", "http://localhost/v1", "http://[::1]:8080/v1", "http://127.9.9.9/v1/"],
)
def test_a_server_on_this_machine_needs_no_warning(url) -> None:
    assert at(url).is_here
    assert at(url).warning is None


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1",
        "https://localhost.example.com/v1",
        "https://127.0.0.1.example.com",
        "https://0.0.0.0/v1",
    ],
)
def test_elsewhere_is_said_with_the_name_of_the_host(url) -> None:
    endpoint = at(url)
    assert not endpoint.is_here
    assert f"leaves this machine and goes to {endpoint.host}." in endpoint.warning.text()


def test_elsewhere_without_encryption_is_said() -> None:
    assert "unencrypted" in at("http://192.168.0.5:11434/v1").warning.text()


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:11434", "ftp://x/v1", "http://", "http://x:y/v1", "https://x/v1?key=1", "javascript:1"],
)
def test_what_is_no_address_is_refused(url) -> None:
    with pytest.raises(InvalidRecordError, match="is no address of a server; write one such as"):
        at(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidRecordError, match="holds a name or password") as caught:
        at("https://ada:geheim@example.com/v1")
    assert "geheim" not in str(caught.value)
    with pytest.raises(InvalidRecordError) as caught:
        at("https://ada:geheim@example.com/v1?x")
    assert "geheim" not in str(caught.value)


def test_a_model_has_a_name() -> None:
    with pytest.raises(InvalidRecordError, match="model is missing"):
        Endpoint(base_url="http://127.0.0.1/v1", model=" ")


class Memory(KeyringBackend):
    """A keyring that forgets at the end of the test."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class Locked(Memory):
    """A keyring whose owner is away."""

    def get_password(self, *_words: str) -> str:
        raise KeyringLocked("locked")

    set_password = delete_password = get_password  # type: ignore[assignment]


@pytest.fixture
def memory():
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


HERE = Endpoint(base_url="https://api.example.com/v1", model="test")


def test_a_key_belongs_to_one_host(memory) -> None:
    keep_key(HERE, SecretStr("k1"))
    assert find_key(HERE, environ={}).get_secret_value() == "k1"
    assert find_key(at("https://api.example.org/v1"), environ={}) is None
    forget_key(HERE)
    forget_key(HERE)
    assert find_key(HERE, environ={}) is None


def test_typed_goes_before_environment_before_keyring(memory) -> None:
    keep_key(HERE, SecretStr("ring"))
    environ = {"SMM_ASSISTANT_KEY": "env"}
    assert find_key(HERE, environ=environ, typed=SecretStr("typed")).get_secret_value() == "typed"
    assert find_key(HERE, environ=environ, typed=SecretStr("")).get_secret_value() == "env"
    assert find_key(HERE, environ={}).get_secret_value() == "ring"


def test_a_key_is_stars_wherever_it_is_printed(memory) -> None:
    key = find_key(HERE, environ={"SMM_ASSISTANT_KEY": "sk-geheim"})
    assert "geheim" not in f"{key} {key!r} {[key]}"


def test_a_locked_keyring_is_no_key_and_cannot_keep_one(memory) -> None:
    keyring.set_keyring(Locked())
    assert find_key(HERE, environ={}) is None
    with pytest.raises(KeyRefusedError, match=r"no keyring that can be used\. Set \$SMM_ASSISTANT_KEY"):
        keep_key(HERE, SecretStr("k"))
    with pytest.raises(KeyRefusedError, match="no keyring"):
        forget_key(HERE)
