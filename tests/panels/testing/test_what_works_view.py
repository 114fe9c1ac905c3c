"""What works for us: learned from the kept tests when it is opened, and said so when there is nothing yet."""

import numpy as np
import pandas as pd
import pytest

from smmlib.experiments import Arm, CopyTest
from smmlib.panels import kit
from smmlib.panels.drafting.briefing_form import BriefingForm
from smmlib.panels.testing.test_model import TestModel as Model
from smmlib.panels.testing.what_works_view import WhatWorksView


def keep_tests(workspace, count):
    """Tests of a question against a statement; questions do better by a fifth."""
    random = np.random.default_rng(3)
    for number in range(count):
        arms = tuple(
            Arm(
                variant=name,
                text=f"<b>Rad</b> {number}{end}",
                trials=9_000,
                successes=int(random.binomial(9_000, rate)),
                levels={"hook": level},
            )
            for name, level, end, rate in (("A", "question", "?", 0.036), ("B", "statement", ".", 0.03))
        )
        workspace.tests.add(CopyTest(name=f"Test {number}", arms=arms))


@pytest.fixture
def panel():
    return kit.Panel(language="de", name="smm-test")


@pytest.fixture
def view(workspace, panel):
    return WhatWorksView(Model(workspace), panel)


def test_nothing_is_worked_out_until_it_is_opened(view, workspace):
    keep_tests(workspace, 12)
    view.show()
    assert view.result is None
    view.box.selected_index = 0
    assert view.result.tests == 12


def test_findings_are_told_drawn_and_listed(view, workspace):
    keep_tests(workspace, 12)
    view.box.selected_index = 0
    assert "Hook: Aussage statt Frage: -1" in view._words.value
    assert "Link-Klicks" in view._words.value
    assert view._chart._image.value[:4] == b"\x89PNG"
    assert "so geschrieben" in view._table.value
    names: dict[str, object] = {}
    exec(view.code, names)
    pd.testing.assert_frame_equal(names["result"].to_frame(), view.data())
    names["workspace"].close()


def test_an_empty_workspace_says_what_to_do(view):
    view.box.selected_index = 0
    assert "Noch nichts gelernt" in view._words.value
    assert "Ab fünf Tests" in view._words.value
    assert "smm-hidden" in view._chart._dom_classes
    assert view.data().empty


def test_tests_that_were_left_out_are_counted_where_nothing_was_learned(view, workspace):
    workspace.tests.add(CopyTest(name="Rückblick", design="history"))
    view.box.selected_index = 0
    assert "0 Tests sind brauchbar" in view._words.value


def test_it_learns_again_only_when_tests_have_changed(view, workspace):
    keep_tests(workspace, 6)
    view.box.selected_index = 0
    before = view.result
    view.show()
    assert view.result is before
    keep_tests(workspace, 2)
    view.show()
    assert view.result.tests == 8


def test_what_a_team_called_its_factor_is_text(view, workspace):
    keep_tests(workspace, 8)
    for test in workspace.tests.list():
        arms = tuple(arm.replace(levels={"<i>x": arm.levels["hook"]}) for arm in test.arms)
        workspace.tests.keep(test.replace(arms=arms))
    view.box.selected_index = 0
    assert "<i>" not in view._table.value + view._words.value
    assert "&lt;i&gt;x" in view._table.value


def test_it_stands_beside_the_brief(workspace, panel):
    keep_tests(workspace, 8)
    form = BriefingForm(panel, workspace)
    assert form._learned in form._beside.children
    form._learned.box.selected_index = 0
    assert "Aus 8 Tests." in form._learned._words.value
