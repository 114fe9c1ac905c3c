from hypothesis import given
from hypothesis import strategies as st

from smmlib.draft import Draft, Version
from smmlib.drafting import drifted
from smmlib.drafting.versions import compare_words, state_of

TEXTS = st.lists(st.sampled_from(["Rad", "fahren", "am", "Deich.", " ", "\n\n", "Jetzt!"]), max_size=20).map(
    " ".join
)


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_old_text_without_what_went_the_new_one(before, after):
    words = compare_words(before, after)
    assert "".join(w.text for w in words if w.change != "added") == before
    assert "".join(w.text for w in words if w.change != "removed") == after


def test_a_version_drifts_when_the_common_text_changes():
    version = Version(account="a", text="Samstag am Deich", adapted_from="Am Samstag fahren wir.")
    draft = Draft(text="Am Sonntag fahren wir.", versions=(version,))
    drift = drifted(draft, version)
    assert [(w.change, w.text) for w in drift.words] == [
        ("same", "Am "),
        ("removed", "Samstag "),
        ("added", "Sonntag "),
        ("same", "fahren wir."),
    ]
    assert drift.still_says == ("Samstag",)
    assert state_of(draft, version) == "drifted"


def test_a_field_drifts_too():
    version = Version(account="a", adapted_from="Alt.", fields={"title": "Alt"})
    assert state_of(Draft(text="Neu."), version) == "drifted"
    assert state_of(Draft(text="Alt."), version) == "follows"


def test_white_space_and_texts_of_ones_own_do_not_drift():
    assert drifted(Draft(text="a  b\n"), Version(account="a", text="x", adapted_from="a b")) is None
    assert state_of(Draft(text="a"), Version(account="a", text="x")) == "own"


def test_long_texts_are_compared():
    before = " ".join(f"wort{i}" for i in range(100_000))
    assert any(part.change == "added" for part in compare_words(before, before.replace("wort5", "neu5")))
    assert all(part.change != "same" for part in compare_words(before, "ganz anders"))
