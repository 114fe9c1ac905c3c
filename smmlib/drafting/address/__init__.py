"""How a German text speaks to its reader: du, Sie, ihr, or not at all."""

from smmlib.drafting.address.forms import Addressing, AddressSignal, forms_of_address

__all__ = ["AddressSignal", "Addressing", "forms_of_address"]
