"""Calls to action: "Schau vorbei", "Kommt alle", as they stand at the beginning of a clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from smmlib.drafting.address.reading import Reading, Word
from smmlib.drafting.address.verbs import verb_forms

_SUPPORT = frozenset(
    """
    dir dich dein deine deinen deinem deiner uns mir mal doch einfach jetzt bitte schnell unbedingt gleich den die das
    dem ein eine einen einem diese diesen dieses alle alles unser unsere unseren unserem ihn sie es euch auch gern
    gerne lokal regional fair nachhaltig bewusst clever smart gemeinsam zusammen selbst nicht nie niemals keine keinen
    kein mehr weniger vorbei mit rein dabei hier täglich
    """.split()
)
_PARTICLES = frozenset(
    """
    ab an auf aus ein mit vor vorbei zu nach los rein raus weiter teil zurück herunter runter hoch bescheid herein
    heraus hinein hinaus mit durch um her hin nieder zusammen bei dazu ran rüber drauf
    """.split()
)
_LEADS = frozenset("und oder dann also bitte doch aber sondern sonst jetzt".split())
_CALLING = frozenset("uns euch mal doch einfach gern gerne bitte unbedingt schnell zahlreich rein vorbei alle".split())
_YOURS = frozenset("euch euer eure euren eurem eurer eures ihr".split())
# Verbs that posts use without a subject too ("Macht Spaß", "Passt in jede Tasche"): they need a sign of a call.
_ALSO_ABOUT_THINGS = frozenset(
    """
    macht kommt geht steht bleibt spart kostet reicht bringt zeigt führt hört spielt schmeckt stimmt setzt bietet sorgt
    liegt hängt dreht schützt erfüllt erweitert ersetzt erreicht verbindet überzeugt überrascht profitiert gewinnt
    schließt öffnet beginnt startet findet fühlt füllt lohnt braucht läuft entspannt erleichtert lernt verwandelt
    verbessert verlängert wechselt wandert riecht springt zieht zahlt wohnt wartet steigt sucht trennt verliert
    verwöhnt verzichtet bewegt beginnt erinnert bucht tagt regt leistet kombiniert schafft hält tut sitzt taucht singt tanzt
    """.split()
)
_INSEPARABLE = ("be", "emp", "ent", "er", "ge", "unter", "ver", "über", "zer")
_STAY = frozenset("gesund dran neugierig sicher stark munter wachsam mutig optimistisch zuhause warm cool".split())
_THIRD = frozenset("er man der ein sich".split())
_OPENS_SIDE = frozenset("wer wenn was wie weil dass ob die der das den welche falls sobald als".split())


def calls_to_action(reading: Reading) -> Iterator[tuple[int, Literal["du", "ihr"]]]:
    """Indices of the verbs that call readers to do something, each with whom it calls."""
    verbs = verb_forms()
    for index, word in enumerate(reading.words):
        low = word.low
        if low in verbs.only_ihr:
            if word.capital == word.opens and not _du_and_others(reading, index):
                yield index, "ihr"
        elif low in verbs.du and _calls_one(reading, index):
            yield index, "du"
        elif low in verbs.ihr and _calls_several(reading, index):
            yield index, "ihr"


def _calls_one(reading: Reading, index: int) -> bool:
    verbs, word = verb_forms(), reading.words[index]
    behind = reading.near(index, 1)
    if behind in ("ich", "mich", "er", "man", "du") or (word.low, behind) == ("sei", "es") or _of_me(reading, index):
        return False
    if word.opens and word.capital:
        return word.low not in verbs.doubtful or _supported(reading, index)
    if word.capital or word.low in verbs.adjectives:
        return False
    led = word.clause or reading.near(index, -1) in _LEADS
    if not led or any(other.low == "ich" for other in reading.of(word.sentence)):
        return False
    if word.low in verbs.doubtful:
        return _supported(reading, index)
    return _second_call(reading, index)


def _of_me(reading: Reading, index: int) -> bool:
    """Whether the writer speaks of himself without saying ich: "Freue mich", "Suche für meine Schwester"."""
    low = reading.words[index].low
    return low.endswith("e") and any(word.low.startswith(("mich", "mein")) for word in reading.rest(index)[:4])


def _supported(reading: Reading, index: int) -> bool:
    rest = reading.rest(index)
    if not rest or rest[0].clause:
        return bool(rest) and rest[0].low in _LEADS
    if rest[0].low in _SUPPORT:
        return True
    clause = _clause(rest)
    return bool(clause) and clause[-1].low in _PARTICLES


def _clause(rest: list[Word]) -> list[Word]:
    """The words up to where the clause may end."""
    found: list[Word] = []
    for word in rest:
        if word.clause or word.low in ("und", "oder"):
            break
        found.append(word)
    return found


def _second_call(reading: Reading, index: int) -> bool:
    """Whether a verb in the middle is a call: nothing before it is the subject or opens a side clause."""
    before = [word for word in reading.of(reading.words[index].sentence) if word.start < reading.words[index].start]
    clause: list[Word] = []
    for word in before:
        if word.clause:
            clause = []
        clause.append(word)
    if reading.words[index].clause:
        return True
    return not any(word.low in _OPENS_SIDE or word.low in ("er", "sie", "es", "man") for word in clause)


def _calls_several(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    rest = reading.rest(index)
    behind = rest[0].low if rest else ""
    if not (word.opens and word.capital):
        return _calls_in_the_middle(reading, index, behind)
    if reading.asks(index) and behind not in ("uns", "euch", "mal"):
        return False
    if behind in _THIRD or word.low in verb_forms().only_he:
        return False
    if word.low not in _ALSO_ABOUT_THINGS:
        told = word.low.startswith(_INSEPARABLE) or word.low.endswith("iert")
        # "Entwickelt in Köln" tells what was done, "Entdeckt unsere Terrasse" calls.
        return not told or behind in _SUPPORT or behind in _YOURS
    if behind == "es":
        return False
    if word.low == "bleibt":
        return behind in _STAY
    if word.low == "kommt" and behind in ("ins", "zum", "zur", "zu"):
        return True
    if word.low == "kommt" and behind in ("gut", "an"):
        return bool({"durch", "ins", "nach"} & {other.low for other in rest[1:3]})
    return behind in _CALLING or any(other.low in _YOURS for other in rest) or _with_particle(rest)


def _calls_in_the_middle(reading: Reading, index: int, behind: str) -> bool:
    word, before = reading.words[index], reading.near(index, -1)
    if word.capital or not (word.clause or before in ("dann", "also", "und")):
        return False
    opening = reading.of(word.sentence)[0].low
    return behind in ("uns", "euch", "vorbei", "mal", "rein") and opening not in _OPENS_SIDE and before != "und"


def _with_particle(rest: list[Word]) -> bool:
    clause = _clause(rest)
    return bool(clause and clause[-1].low in _PARTICLES) or bool(rest and rest[-1].low in _PARTICLES)


def _du_and_others(reading: Reading, index: int) -> bool:
    """Whether the subject is "du und …", whose verb has the form of ihr."""
    words = [word.low for word in reading.of(reading.words[index].sentence)]
    return any(one == "du" and two == "und" for one, two in zip(words, words[1:], strict=False))
