"""What people call an account: its network by name, and its handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.networks.rules import shipped_tables

if TYPE_CHECKING:
    from smmlib.campaign import Account
    from smmlib.networks.network import Network


def account_label(account: Account, network: Network | None = None) -> str:
    """How lists and messages call an account, e.g. "LinkedIn · Radwerk".

    Args:
        account: The account.
        network: Its network; None looks among those that come with smmlib.

    Returns:
        The network's name, or its id where it is not known, and the handle.
    """
    shipped = shipped_tables().get(account.network, {})
    name = network.name if network else shipped.get("name", account.network)
    return f"{name} · {account.handle}"
