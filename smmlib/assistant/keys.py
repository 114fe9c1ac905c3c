"""The key of a server: from the user, the environment or the keyring of the system; kept nowhere else.

A key is a `SecretStr`, which shows stars wherever it is printed. It belongs to one host and is never
sent to another, nor without encryption to another machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from smmlib.assistant.problems import KeyRefusedError, NotInstalledError
from smmlib.language import mark

if TYPE_CHECKING:
    from pydantic import SecretStr

    from smmlib.assistant.endpoint import Endpoint

KEY_VARIABLE = "SMM_ASSISTANT_KEY"
SERVICE = "smmlib assistant"


def find_key(
    endpoint: Endpoint, *, environ: Mapping[str, str], typed: SecretStr | None = None
) -> SecretStr | None:
    """The key for a server: the one typed, else $SMM_ASSISTANT_KEY, else the keyring's; None without any.

    Args:
        endpoint: The server.
        environ: Environment of the process.
        typed: A key the user typed for this server.
    """
    from pydantic import SecretStr

    if typed is not None and typed.get_secret_value():
        return typed
    if environ.get(KEY_VARIABLE):
        return SecretStr(environ[KEY_VARIABLE])
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found = keyring.get_password(SERVICE, endpoint.host)
    except KeyringError:  # none on this system, or locked: then there is no key in it
        return None
    return SecretStr(found) if found else None


def keep_key(endpoint: Endpoint, key: SecretStr) -> None:
    """Put a key into the keyring of the system, for this server only.

    Raises:
        NotInstalledError: The package for it is not installed.
        KeyRefusedError: There is no keyring, or it is locked.
    """
    from keyring.errors import KeyringError

    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, endpoint.host, key.get_secret_value())
    except KeyringError:
        raise _no_keyring() from None


def forget_key(endpoint: Endpoint) -> None:
    """Take the key of a server out of the keyring; nothing happens when there is none.

    Raises:
        NotInstalledError: The package for it is not installed.
        KeyRefusedError: There is no keyring, or it is locked.
    """
    from keyring.errors import KeyringError, PasswordDeleteError

    keyring = _keyring()
    try:
        keyring.delete_password(SERVICE, endpoint.host)
    except PasswordDeleteError:
        return
    except KeyringError:
        raise _no_keyring() from None


def _keyring() -> ModuleType:
    try:
        import keyring
    except ImportError:
        raise not_installed() from None
    return keyring


def not_installed() -> NotInstalledError:
    """The error that says what to install."""
    return NotInstalledError(
        mark(
            "The assistant needs two more packages: pip install smmlib[assistant], then restart the kernel. "
            "Everything else works without it."
        )
    )


def _no_keyring() -> KeyRefusedError:
    template = mark(
        "This computer has no keyring that can be used. Set ${variable} instead, or type the key each time."
    )
    return KeyRefusedError(template, variable=KEY_VARIABLE)
