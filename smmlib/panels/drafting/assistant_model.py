"""What the assistant's page knows: server and key, the prompt, what streams in, what may be taken over."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any, cast

import traitlets as t

from smmlib import assistant, drafting
from smmlib.assistant import Endpoint, Prompt, Suggestion, Task
from smmlib.assistant.examining import Verify
from smmlib.assistant.task import Use
from smmlib.campaign import Account, Tone
from smmlib.draft import Draft, Variant
from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import Language, mark
from smmlib.networks import Finding
from smmlib.panels.drafting.assistant_access import AssistantAccess
from smmlib.panels.drafting.draft_model import DraftModel


class AssistantModel(t.HasTraits):
    """A conversation of one question. Holds no widgets; nothing is sent before `start`.

    Attributes:
        use: What for, one of `assistant.USES`.
        wanted_language: Language the suggestions are to be in.
        tone: Register, for "register".
        levels: Factor to level, for "variants".
        description: What the picture shows, for "alt text".
        count: How many suggestions.
        instructions, request: The prompt, as it will be sent; changed by `edit_prompt`.
        edited: Whether the user changed the prompt; it then stays when the draft changes.
        asking: True while a reply comes in.
        streamed: The reply so far.
        suggestions: What came of it.
        problem: Why nothing came of it, or None.
    """

    use = t.Unicode("variants")
    wanted_language = t.Unicode("de")
    tone = t.Unicode("neutral")
    levels = t.Dict()
    description = t.Unicode("")
    count = t.Int(3)
    instructions = t.Unicode("")
    request = t.Unicode("")
    edited = t.Bool(False)
    asking = t.Bool(False)
    streamed = t.Unicode("")
    suggestions = t.Tuple()
    problem = t.Instance(SmmError, allow_none=True)

    def __init__(
        self,
        drafts: DraftModel,
        *,
        language: Language,
        environ: Mapping[str, str] = os.environ,
        verify: Verify | None = None,
    ) -> None:
        super().__init__()
        self.drafts, self.language = drafts, language
        self.access = AssistantAccess(drafts.workspace, environ=environ)
        self._verify = verify or self._verified
        self._running: asyncio.Task[None] | None = None
        self._asked: Task | None = None
        self.wanted_language = self.account.language if self.account else language
        self.observe(self.rewrite, names=["use", "wanted_language", "tone", "levels", "description", "count"])
        drafts.observe(self._follow, names=["draft", "target", "saved_at"])
        self.rewrite()

    # --- the prompt
    @property
    def account(self) -> Account | None:
        """The account the text is for: the one being edited, else the draft's first."""
        draft = self.drafts.draft
        wanted = self.drafts.target or (draft.versions[0].account if draft and draft.versions else "")
        return next((a for a in self.drafts.accounts if a.id == wanted), None)

    @property
    def text(self) -> str:
        """The text the question is about."""
        draft = self.drafts.draft
        if self.use == "alt text":
            return self.description
        return "" if draft is None else draft.text_for(self.drafts.target)

    @property
    def task(self) -> Task:
        """The question, before it is put into words."""
        account, draft = self.account, self.drafts.draft
        version = (
            next((v for v in draft.versions if account and v.account == account.id), None) if draft else None
        )
        return Task(
            use=cast(Use, self.use),
            text=self.text,
            language=cast(Language, self.wanted_language),
            network=self.drafts.network_of(account) if account else None,
            format=version.format if version else "post",
            tone=cast(Tone, self.tone),
            levels=self.levels,
            count=self.count,
            campaign=self.drafts.campaign,
        )

    @property
    def prompt(self) -> Prompt:
        """The question in words, as it would be written now."""
        return assistant.write_prompt(self.task, language=self.language)

    def rewrite(self, _change: object = None) -> None:
        """Put the question into words again; what was edited in the prompt is lost."""
        prompt = self.prompt
        self.instructions, self.request, self.edited = prompt.instructions, prompt.request, False

    def edit_prompt(self, *, instructions: str | None = None, request: str | None = None) -> None:
        """Change what will be sent."""
        self.instructions = self.instructions if instructions is None else instructions
        self.request = self.request if request is None else request
        self.edited = True

    def _follow(self, change: dict[str, Any]) -> None:
        """Put the draft's text into the prompt, when it is stored and not at each key."""
        if change["name"] == "draft" and _id_of(change["old"]) == _id_of(change["new"]):
            return
        if not self.edited:
            if change["name"] != "saved_at" and self.account:
                self.wanted_language = self.account.language
            self.rewrite()

    # --- asking
    def start(self) -> None:
        """Send the prompt as it stands. Returns at once where an event loop runs.

        Raises:
            SmmError: There is no server, no text, or the user has not allowed it yet.
        """
        endpoint = self.access.there()
        if self.asking:
            return
        if self.access.must_ask:
            raise InvalidValueError(mark("Allow first that your text goes to {host}."), host=endpoint.host)
        if not self.text.strip():
            raise InvalidValueError(mark("There is no text yet. Write one, or describe the picture."))
        if not self.edited and Prompt(self.instructions, self.request) != self.prompt:
            self.rewrite()
            raise InvalidValueError(
                mark("The draft has changed and the prompt with it. Look at it and send again.")
            )
        self._asked, self.asking, self.problem = self.task, True, None
        self.streamed, self.suggestions = "", ()
        work = self._ask(Prompt(self.instructions, self.request), endpoint, self._asked)
        self._run(work)

    def cancel(self) -> None:
        """Break the reply off; what came so far stays to be read."""
        if self._running is not None:
            self._running.cancel()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(work)
            return
        self._running = loop.create_task(work)

    async def _ask(self, prompt: Prompt, endpoint: Endpoint, task: Task) -> None:
        try:
            key = await asyncio.to_thread(self.access.key)  # a keyring may ask its owner first
            reply = await assistant.ask(prompt, endpoint, key=key, on_text=self._heard)
            texts = assistant.read_reply(reply)
            self.suggestions = self._examined(texts, task)
        except SmmError as problem:
            self.problem = problem
        finally:
            self.asking = False
            self._running = None

    def _examined(self, texts: Iterable[str], task: Task) -> tuple[Suggestion, ...]:
        draft = self.drafts.draft or Draft()
        return assistant.examine(texts, task, draft=draft, account=self.account, verify=self._verify)

    def _verified(self, variant: Variant) -> tuple[Finding, ...]:
        language = cast(Language, self.wanted_language)
        return drafting.verify_manipulation([variant], language=language)

    def revise(self, index: int, text: str) -> None:
        """Change a suggestion; it is looked at again."""
        if self._asked is not None and text != self.suggestions[index].text:
            (looked_at,) = self._examined([text], self._asked)
            kept = list(self.suggestions)
            kept[index] = looked_at
            self.suggestions = tuple(kept)

    def _heard(self, piece: str) -> None:
        self.streamed += piece

    # --- taking over
    def take_over(self, index: int) -> str:
        """Put a suggestion where it belongs: a new variant, the text being edited, or a picture's alt text.

        Returns:
            What was done, marked for the catalogue.

        Raises:
            SmmError: The suggestion may not be used as it is, or there is no picture for it.
        """
        chosen: Suggestion = self.suggestions[index]
        if chosen.problem is not None:
            raise chosen.problem
        if self._asked is not None and self._asked.use == "variants":
            return self._as_variant(chosen)
        if self._asked is not None and self._asked.use == "alt text":
            return self._as_alt_text(chosen.text)
        self.drafts.write(chosen.text)
        return mark("Taken over into the text. “Undo” takes it back.")

    def _as_variant(self, chosen: Suggestion) -> str:
        draft = self.drafts.draft
        have = draft.variants if draft else ()
        if draft is not None and not have:
            have = (Variant(name="A", text=draft.text),)
        name = next(n for n in map(chr, range(ord("A"), 0x250)) if n not in {v.name for v in have})
        new = Variant(name=name, text=chosen.text, levels=dict(chosen.levels or {}))
        self.drafts.edit(variants=(*have, new))
        return mark("Added as a variant. “Undo” takes it back.")

    def _as_alt_text(self, text: str) -> str:
        media = list(self.drafts.media)
        place = next((i for i, each in enumerate(media) if not each.alt_text.strip()), None)
        if place is None:
            raise InvalidValueError(
                mark("There is no picture without an alternative text. Add the picture first.")
            )
        media[place] = media[place].replace(alt_text=text)
        self.drafts.set_media(tuple(media))
        return mark("Taken over as alternative text. “Undo” takes it back.")

    @property
    def code(self) -> str:
        """Python that asks the same question, without the panel; run it in a notebook, as it waits."""
        endpoint = self.access.endpoint
        where = (
            f"base_url={endpoint.base_url!r}, model={endpoint.model!r}" if endpoint else "base_url=…, model=…"
        )
        return (
            "import os\n"
            "import smmlib as smm\n"
            f"endpoint = smm.assistant.Endpoint({where})\n"
            f"prompt = smm.assistant.Prompt(\n    {self.instructions!r},\n    {self.request!r},\n)\n"
            "key = smm.assistant.find_key(endpoint, environ=os.environ)\n"
            "result = smm.assistant.read_reply(await smm.assistant.ask(prompt, endpoint, key=key))"
        )


def _id_of(draft: Draft | None) -> str:
    return draft.id if draft else ""
