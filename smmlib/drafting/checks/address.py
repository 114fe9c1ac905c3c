"""Does the text speak to its readers as the account does: du, Sie, ihr, or not at all?"""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.campaign import Address
from smmlib.drafting.address import Addressing, AddressSignal, forms_of_address
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding

# Du with ihr or euch to a group is consistent.
_FITS: dict[Address, tuple[str, ...]] = {
    "du": ("du", "ihr"),
    "ihr": ("du", "ihr"),
    "Sie": ("Sie",),
    "neutral": (),
}


def _address(subject: Subject) -> Iterator[Finding]:
    if subject.language != "de":
        return
    found = forms_of_address(subject.prose)
    wanted: Address = subject.account.address if subject.account else "neutral"
    if found.mixed:
        yield _mixed(found, wanted)
    elif subject.account and (other := [s for s in found.signals if s.form not in _FITS[wanted]]):
        yield _against(other, wanted)


def _mixed(found: Addressing, wanted: Address) -> Finding:
    familiar = [signal for signal in found.signals if signal.form != "Sie"]
    polite = found.of("Sie")
    odd = (
        familiar
        if wanted == "Sie"
        else polite
        if wanted in ("du", "ihr") or len(polite) < len(familiar)
        else familiar
    )
    template = mark(
        "The text mixes {form} (“{familiar}”) and Sie (“{polite}”). Choose one; the account uses: {wanted}."
    )
    values = {
        "form": familiar[0].form,
        "familiar": _words(familiar),
        "polite": _words(polite),
        "wanted": wanted,
    }
    return Finding("address", "warning", (odd[0].start, odd[0].end), values, template=template)


def _against(other: list[AddressSignal], wanted: Address) -> Finding:
    span = (other[0].start, other[0].end)
    values = {"wanted": wanted, "form": other[0].form, "words": _words(other)}
    if wanted == "neutral":
        template = mark(
            "The account addresses nobody, but the text says {form}: “{words}”. "
            "Rephrase, or change the account."
        )
        return Finding("address", "notice", span, values, template=template)
    template = mark("The account says {wanted}, but the text says {form}: “{words}”. Change one of the two.")
    return Finding("address", "warning", span, values, template=template)


def _words(signals: list[AddressSignal] | tuple[AddressSignal, ...]) -> str:
    different = list(dict.fromkeys(signal.text for signal in signals))
    return ", ".join(different[:4]) + (" …" if len(different) > 4 else "")


CHECKS = (
    Check(
        "address",
        mark("Form of address"),
        mark(
            "Whether the German text says du, Sie or ihr as the account does, and never du and Sie at once."
        ),
        "language",
        _address,
    ),
)
