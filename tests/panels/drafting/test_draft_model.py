from datetime import datetime

import pytest

from smmlib.errors import SmmError
from smmlib.panels.drafting.draft_model import DraftModel


@pytest.fixture
def model(workspace):
    model = DraftModel(workspace)
    model.open("one")
    return model


def test_every_change_is_in_the_workspace_at_once(model, workspace):
    model.write("Grüße aus Bonn")
    assert workspace.drafts.get("one").text == "Grüße aus Bonn"


def test_undo_walks_back_and_redo_forward_even_in_a_new_session(model, workspace):
    model.write("zweite Fassung")
    model.write("dritte Fassung")
    later = DraftModel(workspace)
    later.open("one")
    later.undo()
    later.undo()
    assert later.draft.text == workspace.drafts.get("one").text == "Grüße aus Köln"
    assert not later.can_undo
    later.redo()
    assert later.draft.text == "zweite Fassung"


def test_typing_after_an_undo_forgets_what_was_undone(model):
    model.write("b")
    model.undo()
    model.write("c")
    assert not model.can_redo


def test_an_account_can_have_its_own_text_and_follow_again(model):
    model.edit_version("ig", format="image")
    model.target = "ig"
    model.write("nur hier")
    assert (model.draft.text, model.draft.text_for("ig"), model.draft.text_for("x")) == (
        "Grüße aus Köln",
        "nur hier",
        "Grüße aus Köln",
    )
    model.edit_version("ig", text=None)
    assert model.draft.text_for("ig") == "Grüße aus Köln"


def test_a_change_elsewhere_is_not_overwritten_and_nothing_typed_is_lost(model, workspace):
    workspace.drafts.update(model.draft.replace(text="von nebenan"))
    model.write("von hier")
    texts = {d.text for d in workspace.drafts.list()}
    assert {"von nebenan", "von hier"} <= texts
    assert "changed elsewhere" in model.news


def test_a_removed_draft_can_be_brought_back(model, workspace):
    model.remove()
    assert "one" not in workspace.drafts
    model.bring_back()
    assert model.draft.id == "one"
    assert "one" in workspace.drafts


def test_the_list_is_searched_and_narrowed(model):
    model.query = "koeln"
    assert [d.id for d in model.shown] == ["one"]
    model.query = ""
    model.campaign_only = "herbst"
    assert [d.id for d in model.shown] == ["one"]


def test_many_drafts_get_one_label_and_lose_it(model, workspace):
    assert model.label(("one", "two"), "pillar", "Tipps") == 2
    assert {d.labels.get("pillar") for d in workspace.drafts.list()} == {"Tipps"}
    assert model.label(("one",), "pillar", "") == 1
    assert "pillar" not in workspace.drafts.get("one").labels


def test_planned_time_is_the_accounts_local_time(model, workspace):
    account = workspace.accounts.get("x")
    model.plan(account, datetime(2026, 7, 1, 18, 0))
    assert model.draft.versions[0].planned_at.utcoffset().total_seconds() == 7200


def test_an_hour_that_does_not_exist_is_refused(model, workspace):
    with pytest.raises(SmmError, match=r"2:30|02:30"):
        model.plan(workspace.accounts.get("x"), datetime(2026, 3, 29, 2, 30))


def test_two_variants_start_with_the_text_and_one_alone_goes(model):
    model.add_variant()
    assert [(v.name, v.text) for v in model.draft.variants] == [
        ("A", "Grüße aus Köln"),
        ("B", "Grüße aus Köln"),
    ]
    model.add_variant()
    assert [v.name for v in model.draft.variants] == ["A", "B", "C"]
    model.drop_variant(0)
    assert [v.name for v in model.draft.variants] == ["B", "C"]
    model.drop_variant(0)
    assert model.draft.variants == ()


def test_code_leaves_the_same_result(model):
    names: dict[str, object] = {}
    exec(model.code, names)
    assert names["result"].to_frame().equals(model.data())


def test_a_new_draft_goes_where_the_last_one_went(model):
    model.new("Neu")
    assert [v.account for v in model.draft.versions] == ["x"]
    assert model.draft.campaign == "herbst"
    assert model.shown[0].id == model.draft.id or model.draft.id in [d.id for d in model.shown]
