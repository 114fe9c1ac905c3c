"""Accounts are called by their network's name, not by its id."""

from smmlib.campaign import Account
from smmlib.networks import account_label, load_networks


def test_the_network_stands_there_by_name() -> None:
    assert account_label(Account(network="linkedin", handle="Radwerk")) == "LinkedIn · Radwerk"


def test_a_network_of_ones_own_has_its_own_name_and_an_unknown_one_its_id() -> None:
    account = Account(network="intranet", handle="@rad")
    own = load_networks({"intranet": {"name": "Unser Intranet", "text": 500}})["intranet"]
    assert account_label(account, own) == "Unser Intranet · @rad"
    assert account_label(account) == "intranet · @rad"
