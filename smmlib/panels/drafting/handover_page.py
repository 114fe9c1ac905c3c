"""The hand-over page: which posts for which tool, what is refused and why, the file; by hand; plans in."""

from __future__ import annotations

from functools import partial
from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.drafting.handover import HandOver, load_profiles
from smmlib.language import moment, number
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.handover_by_hand import HandOverByHand
from smmlib.panels.drafting.handover_model import HandoverModel
from smmlib.panels.drafting.plan_page import PlanPage
from smmlib.panels.tables import table

_SHOWN = 100
_WORDS = 90
_OPEN = 3
"""Up to so many posts are named at once below the reason that holds them up."""


class HandoverPage(w.VBox):
    """Three cards: the file for a tool, posting by hand, taking in a plan.

    Args:
        model: The open draft.
        panel: The panel it stands in.
    """

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = HandoverModel(model, language=panel.language), panel
        self._filling = False
        self._make_filters()
        say = panel.say
        self._about = kit.html("", "smm-note")
        self._channels = kit.stack()
        self._ready, self._refused = kit.html("", "smm-handed"), kit.html("", "smm-refused")
        self._save = panel.button(say("Download the file"), self._download, look="primary")
        self._save.add_class("smm-handover-download")
        again = panel.button(say("Look again"), self.model.look, look="small")
        self._python = kit.html()
        self._by_hand = HandOverByHand(self.model, panel)
        self._plan = PlanPage(self.model, panel)
        out = kit.card(
            kit.columns(
                self._profile,
                self._scope,
                self._account,
                self._campaign,
                self._start,
                self._end,
                name="smm-handover-filters",
            ),
            self._about,
            self._channels,
            kit.row(self._save, again),
            self._ready,
            self._refused,
            self._python,
            title=say("Hand over signed-off posts"),
        )
        super().__init__([out, self._by_hand, self._plan])
        self.add_class("smm-stack")
        self.model.observe(self._show_result, names=["result"])

    def show(self) -> None:
        """Bring everything up to date; nothing is worked out anew while nothing changed."""
        self._offer()
        with self.panel.trying():
            self.model.look(again=False)

    def _make_filters(self) -> None:
        say, language = self.panel.say, self.panel.language
        tools = [(profile.name[language], id) for id, profile in load_profiles().items()]
        self._profile = kit.choice(say("For"), tools, self.model.profile)
        self._profile.add_class("smm-handover-profile")
        self._scope = kit.choice(say("Posts"), [(say("all drafts"), False), (say("the open draft"), True)])
        self._account = kit.choice(say("Account"), [(say("all accounts"), "")])
        self._campaign = kit.choice(say("Campaign"), [(say("All campaigns"), "")])
        self._start = kit.field(w.DatePicker(description=say("Planned from")))
        self._end = kit.field(w.DatePicker(description=say("until")))
        pairs = {
            "profile": self._profile,
            "open_only": self._scope,
            "account": self._account,
            "campaign": self._campaign,
            "start": self._start,
            "end": self._end,
        }
        for name, control in pairs.items():
            control.observe(partial(self._filtered, name), "value")

    def _offer(self) -> None:
        """Offer the accounts and campaigns there are now."""
        say, drafts = self.panel.say, self.model.drafts
        self._filling = True
        accounts = [(drafts.label_of(account), account.id) for account in drafts.accounts]
        kit.offer(self._account, [(say("all accounts"), ""), *accounts], self.model.account)
        campaigns = [(campaign.name, campaign.id) for campaign in drafts.campaigns]
        kit.offer(self._campaign, [(say("All campaigns"), ""), *campaigns], self.model.campaign)
        self._filling = False

    def _filtered(self, name: str, change: dict[str, object]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.panel.status.clear()
                setattr(self.model, name, change["new"])

    # --- what goes out
    def _show_result(self, _change: object = None) -> None:
        done = self.model.result
        if done is None:
            return
        self._show_tool()
        self._save.disabled = not done.content
        kit.put(self._ready, self._ready_markup(done))
        kit.put(self._refused, self._refused_markup(done))
        kit.put(self._python, kit.same_in_python(self.panel.say("The same in Python"), self.model.code))
        self._by_hand.show()
        self._plan.show()

    def _show_tool(self) -> None:
        say, tool = self.panel.say, self.model.tool
        parts = [tool.note.get(self.panel.language, "")]
        if tool.source:
            parts.append(say("as of {day:date}: {source}", day=tool.checked_on, source=tool.source))
        kit.put(self._about, escape(" ".join(part for part in parts if part)))
        if not tool.channels:
            self._channels.children = ()
            return
        accounts = {post.account.id: post.account for post in self.model.posts}
        fields = []
        for id, account in accounts.items():
            words = say("Id of {account} there", account=self.model.drafts.label_of(account))
            field = kit.field(
                w.Text(value=self.model.channels.get(id, ""), description=words, continuous_update=False)
            )
            field.observe(partial(self._named, id), "value")
            fields.append(field)
        self._channels.children = (kit.row(*fields),) if fields else ()

    def _named(self, account: str, change: dict[str, str]) -> None:
        with self.panel.trying():
            self.model.name_channel(account, change["new"])

    def _ready_markup(self, done: HandOver) -> str:
        say, language = self.panel.say, self.panel.language
        if not self.model.posts:
            return kit.empty(
                say("No posts here"),
                say("Write a draft and tick its accounts, or choose other filters above."),
            )
        head = self.panel.say_many("{count} post is ready.", "{count} posts are ready.", len(done.posts))
        notes = "".join(f'<div class="smm-warn">{escape(note.text(language))}</div>' for note in done.notes)
        if not done.posts:
            return f"<b>{escape(head)}</b>"
        rows = pd.DataFrame(
            {
                "when": [moment(p.planned, language) if p.planned else None for p in done.posts],
                "account": [f"{p.network.name} {p.account.handle}" for p in done.posts],
                "text": [" ".join(p.text.split())[:_WORDS] for p in done.posts],
            }
        )
        headers = {"when": say("Planned"), "account": say("Account"), "text": say("Text")}
        return f"<b>{escape(head)}</b>{notes}{table(rows, language, headers=headers, limit=_SHOWN)}"

    def _refused_markup(self, done: HandOver) -> str:
        language = self.panel.language
        if not done.refused:
            return ""
        head = self.panel.say_many("{count} post refused.", "{count} posts refused.", len(done.refused))
        by_reason: dict[str, list[str]] = {}
        for refused in done.refused:
            for reason in refused.reasons:
                by_reason.setdefault(reason.text(language), []).append(refused.post.name[:_WORDS])
        most_first = sorted(by_reason.items(), key=lambda pair: -len(pair[1]))
        lines = "".join(self._reason_markup(why, names) for why, names in most_first[:_SHOWN])
        return f'<b class="smm-bad">{escape(head)}</b><div class="smm-refused-list">{lines}</div>'

    def _reason_markup(self, why: str, names: list[str]) -> str:
        """A reason with how many it holds up, their names folded behind it; a few stand open."""
        posts = "".join(f"<li>{escape(name)}</li>" for name in names[:_SHOWN])
        if (left := len(names) - _SHOWN) > 0:
            more = self.panel.say_many("… and one more", "… and {count} more", left)
            posts += f"<li>{escape(more)}</li>"
        count, opened = number(len(names), self.panel.language), " open" if len(names) <= _OPEN else ""
        summary = f"<summary>{escape(why)} {kit.badge(count, 'bad')}</summary>"
        return f"<details{opened}>{summary}<ul>{posts}</ul></details>"

    def _download(self) -> None:
        self.model.look()
        done = self.model.result
        if done is None or not done.content:
            self.panel.status.fail(self.panel.say("Nothing was handed over."))
            return
        self.model.log()
        self.panel.download.save(done.name, done.content, done.mime)
        count = len(done.posts)
        self.panel.status.tell(
            self.panel.say_many(
                "{count} post is in {file}.", "{count} posts are in {file}.", count, file=done.name
            )
        )
