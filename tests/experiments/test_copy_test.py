import pytest

from smmlib.errors import InvalidRecordError
from smmlib.experiments import Arm, CopyTest, compare, counts_frame

HEADLINES = CopyTest(
    id="t1",
    name="Headlines",
    design="platform",
    dispersion=1.8,
    arms=(
        Arm(variant="A", text="Ride <b>home</b>", trials=4000, successes=60),
        Arm(variant="B", text="Leave the car", trials=4100, successes=140),
    ),
)


def test_it_survives_being_stored():
    assert CopyTest.from_json(HEADLINES.model_dump_json()) == HEADLINES


def test_it_compares_its_variants_as_compare_does():
    mine = HEADLINES.compare()
    same = compare(
        counts_frame([HEADLINES]),
        test="test",
        variant="variant",
        trials="trials",
        successes="successes",
        design="platform",
        dispersion=1.8,
    )
    assert mine.tests.equals(same.tests)
    assert mine.tests.at[0, "winner"] == "B"


def test_a_half_typed_test_can_be_kept_and_says_what_it_lacks():
    half = HEADLINES.replace(arms=(HEADLINES.arms[0], Arm(variant="B", trials=4100)))
    assert half.compare().problems["problem"].tolist() == ["The successes are missing or not a number."]


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"confidence": 95}, r"The confidence is 95"),
        ({"dispersion": 0.2}, r"The dispersion is 0.2"),
        ({"design": "guess"}, r"design is 'guess'; it must be one of"),
        ({"arm": ()}, r"'arm' is unknown.*Did you mean 'arms'"),
    ],
)
def test_fields_that_do_not_fit_are_named(change, match):
    with pytest.raises(InvalidRecordError, match=match):
        HEADLINES.replace(**change)


def test_any_text_is_kept_and_half_characters_are_replaced():
    arms = tuple(Arm(**{**dict(a), "variant": a.variant + "\udfff<script>"}) for a in HEADLINES.arms)
    odd = HEADLINES.replace(name="\ud800", arms=arms)
    assert (odd.name, odd.arms[0].variant) == ("\ufffd", "A\ufffd<script>")
    assert odd.compare().tests["decision"].tolist() == ["winner"]
