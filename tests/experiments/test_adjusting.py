import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.multitest import multipletests

from smmlib.errors import UnknownNameError
from smmlib.experiments.adjusting import ADJUSTMENTS, adjustment, benjamini_hochberg, hochberg, holm

# Benjamini and Hochberg (1995), JRSS B 57:289-300, section 4: fifteen p values of a thrombolysis trial.
BH_1995 = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240])
BH_1995 = np.append(BH_1995, [0.4262, 0.5719, 0.6528, 0.7590, 1.0])
PEERS = {"holm": "holm", "hochberg": "simes-hochberg", "bh": "fdr_bh"}


def test_the_example_of_benjamini_and_hochberg_1995():
    # There: four rejected by the false discovery rate at .05, three by Hochberg's procedure.
    assert int((benjamini_hochberg(BH_1995) <= 0.05).sum()) == 4
    assert int((hochberg(BH_1995) <= 0.05).sum()) == 3
    assert benjamini_hochberg(BH_1995)[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])


def test_the_example_of_wright_1992_for_holm():
    # p = .01, .02, .022, .09: Holm .04, .06, .06, .09; Hochberg .04, .044, .044, .09.
    p = np.array([0.022, 0.09, 0.01, 0.02])
    assert holm(p) == pytest.approx([0.06, 0.09, 0.04, 0.06])
    assert hochberg(p) == pytest.approx([0.044, 0.09, 0.04, 0.044])


@settings(max_examples=20)  # the peer collects garbage at every call
@given(arrays(np.float64, st.integers(1, 12), elements=st.floats(0, 1)))
def test_a_row_agrees_with_statsmodels(p):
    for name, peer in PEERS.items():
        assert ADJUSTMENTS[name](p) == pytest.approx(multipletests(p, method=peer)[1], abs=1e-12)


@settings(max_examples=30)
@given(arrays(np.float64, (5, 4), elements=st.floats(0, 1)), arrays(np.bool_, (5, 4)))
def test_rows_do_not_touch_each_other_and_missing_values_are_no_comparisons(p, gone):
    p[gone] = np.nan
    for adjust in ADJUSTMENTS.values():
        together = adjust(p)
        for row, result in zip(p, together, strict=True):
            there = ~np.isnan(row)
            assert np.isnan(result[~there]).all()
            if there.any():
                assert result[there] == pytest.approx(adjust(row[there]), abs=1e-15)


@given(arrays(np.float64, st.integers(1, 8), elements=st.floats(0, 1)))
def test_none_makes_p_smaller_and_they_keep_their_order_of_severity(p):
    assert (p <= benjamini_hochberg(p) + 1e-15).all()
    assert (benjamini_hochberg(p) <= hochberg(p) + 1e-12).all()
    assert (hochberg(p) <= holm(p) + 1e-12).all()


def test_an_unknown_name_says_which_there_are():
    with pytest.raises(UnknownNameError, match="'bonferoni' is unknown"):
        adjustment("bonferoni")
