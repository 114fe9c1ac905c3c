"""The assistant without a browser, against a real server: nothing leaves unasked, nothing secret stays."""

from __future__ import annotations

import ast
import asyncio
import json

import pytest
from pydantic import SecretStr

from smmlib import Draft, Media, Variant, Version
from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.language import mark
from smmlib.networks import Finding
from smmlib.panels import kit
from smmlib.panels.drafting.assistant_model import AssistantModel
from smmlib.panels.drafting.assistant_page import AssistantPage
from smmlib.panels.drafting.draft_model import DraftModel
from tests.assistant.model_server import ModelServer

SECRET = "sk-very-secret-0123456789"
TEXT = "Grüße aus Köln: Kommst du mit?"


@pytest.fixture(autouse=True)
def _no_key_from_outside(monkeypatch) -> None:
    monkeypatch.delenv("SMM_ASSISTANT_KEY", raising=False)


@pytest.fixture
def server():
    with ModelServer(
        pieces=['{"suggestions": ["Kommst du ', 'mit?", "Komm <b>mit</b>!"]}']
    ).running() as running:
        yield running


@pytest.fixture
def drafts(workspace):
    model = DraftModel(workspace)
    model.open("one")
    model.edit(text=TEXT)
    return model


@pytest.fixture
def page(drafts, server):
    page = AssistantPage(drafts, kit.Panel(language="de", name="smm-test"))
    page._server._url.value = server.endpoint.base_url
    page._server._name.value = "test"
    page._server._set.click()
    return page


def everything_shown(widget) -> str:
    """All state of a widget and its children, as it would be saved with a notebook."""
    children = getattr(widget, "children", ())
    return repr(widget.get_state()) + "".join(everything_shown(child) for child in children)


def test_it_is_off_until_a_server_is_named(drafts) -> None:
    page = AssistantPage(drafts, kit.Panel(language="de", name="smm-test"))
    assert page._submit.disabled
    assert "Der Assistent ist aus" in page._server._said.value
    with pytest.raises(InvalidValueError, match="assistant is off"):
        page.model.start()


def test_the_keyring_is_not_opened_before_it_is_needed(page, monkeypatch) -> None:
    import keyring

    opened = []
    monkeypatch.setattr(keyring, "get_password", lambda *words: opened.append(words))
    page.model.access.configure("http://127.0.0.1:9/v1", "test")
    assert "im Schlüsselbund" in page._server._said.value
    assert opened == []


def test_the_language_asked_for_is_the_accounts(page, drafts) -> None:
    workspace = drafts.workspace
    workspace.accounts.update(workspace.accounts.get("m").replace(language="en"))
    drafts.edit_version("m")
    drafts.target = "m"
    assert page._language.value == "en"
    assert "Englisch" in page._request.value


def test_the_server_is_remembered_in_the_workspace(page, drafts, server) -> None:
    assert drafts.workspace.settings.views["assistant"] == {
        "base_url": server.endpoint.base_url,
        "model": "test",
    }
    again = AssistantModel(drafts, language="de")
    assert again.access.endpoint == server.endpoint.replace(timeout=60)
    page._server._url.value = ""
    page._server._set.click()
    assert page.model.access.endpoint is None
    with pytest.raises(InvalidRecordError, match="is no address"):
        page.model.access.configure("here", "test")


def test_nothing_is_sent_before_the_click_and_then_what_is_shown(page, server) -> None:
    page._use.value = "shorten"
    page._request.value += "\nBitte ohne Emoji."
    assert server.asked == []
    shown = [page._instructions.value, page._request.value]
    page._submit.click()
    assert [message["content"] for message in server.asked[0]["messages"]] == shown
    assert shown[1].endswith("Bitte ohne Emoji.")


def test_the_prompt_follows_the_draft_until_it_is_edited(page, drafts) -> None:
    assert TEXT in page._request.value
    drafts.edit(text="Neuer Text")
    assert "Neuer Text" in page._request.value
    page._request.value = "Meins"
    drafts.edit(text="Noch einer")
    assert page._request.value == "Meins"
    page._again.click()
    assert "Noch einer" in page._request.value
    drafts.open("two")
    assert "Nichts" in page._request.value


def test_suggestions_come_with_their_checks_and_are_escaped(page) -> None:
    page._submit.click()
    good, bad = page._found.children
    assert good.children[0].value == "Kommst du mit?"
    assert not good.children[2].children[0].disabled
    assert "enthält HTML" in bad.children[1].value
    assert bad.children[2].children[0].disabled
    page.model.streamed, page.model.suggestions = "<script>x</script>", ()
    assert "<script>" not in page._streamed.value
    assert "&lt;script&gt;" in page._streamed.value


def test_a_suggestion_can_be_mended_and_is_looked_at_again(page) -> None:
    page._submit.click()
    bad = page._found.children[1]
    bad.children[0].value = "Komm mit!"
    assert page.model.suggestions[1].problem is None
    assert not bad.children[2].children[0].disabled


def test_variants_carry_the_levels_they_were_asked_for(page, drafts) -> None:
    page._levels["hook"].value = "question"
    assert "question" in page._request.value
    page._submit.click()
    page._found.children[0].children[2].children[0].click()
    first, second = drafts.draft.variants
    assert first == Variant(name="A", text=TEXT)
    assert second == Variant(name="B", text="Kommst du mit?", levels={"hook": "question"})
    page._found.children[0].children[2].children[0].click()
    assert [v.name for v in drafts.draft.variants] == ["A", "B", "C"]
    drafts.undo()
    assert len(drafts.draft.variants) == 2


def test_a_variant_without_its_level_is_found_out(page) -> None:
    page._levels["emoji"].value = "2"
    page._submit.click()
    assert "smm-bad" in page._found.children[0].children[1].value
    assert not page.model.suggestions[0].is_usable
    page._found.children[0].children[0].value = "Kommst du mit? 🚲🌧️"
    assert page.model.suggestions[0].manipulation == ()


def test_a_variant_is_verified(drafts, server) -> None:
    def verify(variant):
        return [Finding("manipulation", "error", template=mark("Nothing found."))] * ("!" in variant.text)

    page = AssistantPage(drafts, kit.Panel(language="en", name="smm-test"), verify=verify)
    page.model.access.configure(server.endpoint.base_url, "test")
    page._submit.click()
    good, bad = page.model.suggestions
    assert good.manipulation == ()
    assert bad.manipulation[0].severity == "error"


def test_a_text_is_taken_over_for_the_account_being_edited(page, drafts) -> None:
    drafts.target = "x"
    page._use.value = "shorten"
    page._submit.click()
    page._found.children[0].children[2].children[0].click()
    assert drafts.draft.text == TEXT
    assert drafts.draft.text_for("x") == "Kommst du mit?"


def test_an_alt_text_goes_to_the_first_picture_without_one(page, drafts) -> None:
    drafts.edit(versions=(Version(account="x", media=(Media(alt_text="da"), Media(name="b.jpg"))),))
    page._use.value = "alt text"
    page._submit.click()
    assert "noch keinen Text" in page.panel.status.value
    page._description.value = "Ein Rad im Regen"
    page._submit.click()
    take = page._found.children[0].children[2].children[0]
    take.click()
    assert [m.alt_text for m in drafts.draft.versions[0].media] == ["da", "Kommst du mit?"]
    take.click()
    assert "kein Bild ohne Alternativtext" in page.panel.status.value


def test_another_machine_is_named_and_asked_about_once(page) -> None:
    page.model.access.configure("https://models.example/v1", "test")
    assert "verlässt diesen Rechner und geht an models.example" in page._server._warning.value
    assert page._submit.disabled
    with pytest.raises(InvalidValueError, match=r"Allow first that your text goes to models"):
        page.model.start()
    page._server._allow.click()
    assert not page._submit.disabled
    assert "verlässt diesen Rechner" in page._server._warning.value
    page.model.access.configure("https://other.example/v1", "test")
    assert page._submit.disabled


def test_the_key_goes_to_its_server_only_and_stays_nowhere(page, drafts, server) -> None:
    page._server._key.value = SECRET
    assert page._server._key.value == ""
    page._submit.click()
    assert server.keys == [f"Bearer {SECRET}"]
    shown = (
        everything_shown(page)
        + page.model.code
        + repr(page.model.trait_values())
        + repr(vars(page.model.access))
    )
    assert SECRET not in shown
    for file in drafts.workspace.path.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes()
    page.model.access.configure("https://models.example/v1", "test")
    assert page.model.access.key() is None


def test_a_failure_is_said_with_what_came_so_far(drafts) -> None:
    with ModelServer(pieces=['{"suggestions": ["Kom'], finish="length").running() as server:
        page = AssistantPage(drafts, kit.Panel(language="de", name="smm-test"))
        page.model.access.configure(server.endpoint.base_url, "test")
        page._submit.click()
        assert "bricht mittendrin ab" in page._streamed.value
        assert "Kom" in page._streamed.value
        assert not page._submit.disabled
        server.status = 429
        page._submit.click()
        assert "zu viele Anfragen" in page._streamed.value
        assert len(server.asked) == 2


def test_it_streams_beside_the_loop_and_can_be_broken_off(drafts) -> None:
    with ModelServer(pieces=["x" * 2000] * 1000, wait=0.01).running() as server:

        async def used() -> None:
            page = AssistantPage(drafts, kit.Panel(language="de", name="smm-test"))
            page.model.access.configure(server.endpoint.base_url, "test")
            page._submit.click()
            assert page.model.asking
            while not page.model.streamed:
                await asyncio.sleep(0.01)
            assert page._submit.disabled
            assert "xxx" in page._streamed.value
            page._cancel.click()
            while page.model.asking:
                await asyncio.sleep(0.01)
            assert "Abgebrochen" in page._streamed.value
            assert page.model.problem is None

        asyncio.run(used())
        assert server.gone.wait(5)


def test_a_second_click_while_it_runs_asks_nothing(drafts) -> None:
    with ModelServer(wait=0.05).running() as server:

        async def used() -> AssistantModel:
            model = AssistantModel(drafts, language="de")
            model.access.configure(server.endpoint.base_url, "test")
            model.start()
            model.start()
            while model.asking:
                await asyncio.sleep(0.01)
            return model

        assert len(asyncio.run(used()).suggestions) == 1
        assert len(server.asked) == 1


def test_what_is_sent_was_shown_even_when_the_draft_changed_elsewhere(page, drafts, server) -> None:
    changed = drafts.campaign.replace(core_message="Neue Kernbotschaft")
    drafts.workspace.campaigns.update(changed)
    page._submit.click()
    assert "Der Entwurf hat sich geändert" in page.panel.status.value
    assert server.asked == []
    assert "Neue Kernbotschaft" in page._request.value
    page._submit.click()
    assert len(server.asked) == 1


def test_the_same_in_python(page, server) -> None:
    code = page.model.code
    names: dict[str, object] = {}
    compiled = compile(code, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    asyncio.run(eval(compiled, names))
    assert names["result"] == ("Kommst du mit?", "Komm <b>mit</b>!")
    assert json.dumps(server.asked[0]["messages"])


def test_without_the_extra_the_page_says_what_to_install(drafts, monkeypatch) -> None:
    monkeypatch.setattr("smmlib.panels.drafting.assistant_page.is_installed", lambda: False)
    page = AssistantPage(drafts, kit.Panel(language="de", name="smm-test"))
    assert len(page.children) == 1
    assert "pip install smmlib[assistant]" in page.children[0].value
    drafts.edit(text="Es geht weiter")


def test_without_a_draft_it_waits_for_a_text(workspace, server) -> None:
    for draft in workspace.drafts.list():
        workspace.drafts.remove(draft.id)
    page = AssistantPage(DraftModel(workspace), kit.Panel(language="en", name="smm-test"))
    page.model.access.configure(server.endpoint.base_url, "test")
    page._submit.click()
    assert "There is no text yet" in page.panel.status.value
    assert server.asked == []
    workspace.drafts.add(Draft(id="new", text="Da"))


def test_a_missing_keyring_is_said(page) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        page._server._keep.value = True
        page._server._key.value = SECRET
        assert "kein Schlüsselbund" in page.panel.status.value
        key = page.model.access.key()
        assert isinstance(key, SecretStr)
        page._server._forget.click()
        assert page.model.access.key() is None
    finally:
        keyring.set_keyring(before)
