"""The page to match posts with drafts on: proposals to confirm or turn down, the rest, what counts."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.language import day
from smmlib.panels import kit
from smmlib.panels.response.matching_model import KEY, MatchingModel
from smmlib.panels.tables import table
from smmlib.response.matching import WAYS

_SHOWN = 40
_WORDS = 90


class MatchingPage(w.VBox):
    """Three cards: proposals, posts without a draft, confirmed matches.

    Args:
        model: What is proposed and confirmed.
        panel: The panel it stands in.
    """

    def __init__(self, model: MatchingModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._ticks: list[w.Checkbox] = []
        self._list, self._note = kit.stack(), kit.html()
        self._confirm = panel.button(say("Confirm the ticked"), self._confirm_ticked, look="primary")
        self._confirm.add_class("smm-confirm")
        self._refuse = panel.button(say("These do not match"), self._refuse_ticked)
        self._rest = kit.html("", "smm-unmatched")
        self._post = kit.choice(say("Post"), [])
        self._draft = kit.choice(say("Its draft"), [])
        by_hand = panel.button(say("Match these two"), self._match_by_hand, look="small")
        self._by_hand = kit.row(self._post, self._draft, by_hand)
        self._stored = kit.html("", "smm-matched")
        self._past = kit.choice(say("Match"), [])
        self._release = kit.row(self._past, panel.button(say("Release"), self._release_chosen, look="small"))
        super().__init__(
            [
                kit.card(
                    self._note,
                    self._list,
                    kit.row(self._confirm, self._refuse),
                    title=say("Proposed matches"),
                ),
                kit.card(self._rest, self._by_hand, title=say("Posts without a draft")),
                kit.card(self._stored, self._release, title=say("Confirmed matches")),
            ]
        )
        self.add_class("smm-stack")
        self.show()

    def show(self) -> None:
        """Show proposals, the rest and what counts as they are now."""
        self._show_proposals()
        self._show_rest()
        self._show_stored()

    def _show_proposals(self) -> None:
        say, rows = self.panel.say, self.model.proposals
        first = [{str(k): v for k, v in r.items()} for r in rows.head(_SHOWN).to_dict("records")]
        self._ticks = [w.Checkbox(value=True, indent=False) for _ in first]
        for tick, row in zip(self._ticks, first, strict=True):
            tick.add_class("smm-check")
            tick.description = self._reason(row)
        self._list.children = tuple(
            kit.stack(tick, kit.html(self._pair(row))) for tick, row in zip(self._ticks, first, strict=True)
        )
        kit.show_if(self._confirm, bool(first))
        kit.show_if(self._refuse, bool(first))
        if not first:
            self._note.value = kit.empty(
                say("No proposals"),
                say("Proposals appear when imported posts resemble drafts of the same account."),
            )
            return
        note = say(
            "Confirmed matches give a post the campaign, variant and labels of its draft. "
            "{shown} of {all} shown.",
            shown=len(first),
            all=len(rows),
        )
        self._note.value = f'<div class="smm-note">{escape(note)}</div>'

    def _reason(self, row: dict[str, Any]) -> str:
        name = WAYS[row["by"]]
        way = self.panel.say(name)
        if row["by"] != "text and time":
            return way
        return self.panel.say("{way}, {score:%0} of the words", way=way, score=float(row["score"]))

    def _pair(self, row: dict[str, Any]) -> str:
        """A post and its draft, one below the other."""
        variant = self.panel.say(" (variant {name})", name=row["variant"]) if row["variant"] else ""
        draft = self.model.draft_name(row["draft"])[:_WORDS] + variant
        lines = ((self.panel.say("Post"), self._post_name(row)), (self.panel.say("Its draft"), draft))
        return "".join(f'<div><span class="smm-quiet">{escape(a)}</span> {escape(b)}</div>' for a, b in lines)

    def _post_name(self, row: dict[str, Any]) -> str:
        when = row.get("published")
        dated = f"{day(when, self.panel.language)} · " if when is not None and not pd.isna(when) else ""
        words = " ".join(str(row.get("text") or row["entity_id"]).split())[:_WORDS]
        return f"{self.model.network_name(row['network'])} · {dated}{words}"

    def _show_rest(self) -> None:
        say, rows = self.panel.say, self.model.unmatched
        if rows.empty:
            self._rest.value = kit.empty(say("Every post has a draft"), say("or a proposal above."))
        else:
            why = rows["why"].fillna("").map(lambda text: say(text) if text else say("turned down"))
            headers = {"network": say("Network"), "published": say("Published"), "text": say("Text")}
            headers |= {"why": say("Why")}
            names = rows["network"].map(self.model.network_name)
            shown = rows.assign(why=why, text=rows["text"].str.slice(0, 200), network=names)
            self._rest.value = table(shown, self.panel.language, headers=headers, limit=_SHOWN)
        posts = [{str(k): v for k, v in r.items()} for r in rows.head(500).to_dict("records")]
        drafts = [(d.name or d.id, d.id) for d in self.model.drafts()]
        kit.offer(self._post, [(self._post_name(r), tuple(r[k] for k in KEY)) for r in posts])
        kit.offer(self._draft, drafts)
        kit.show_if(self._by_hand, bool(posts and drafts))

    def _show_stored(self) -> None:
        say, matches = self.panel.say, self.model.confirmed()
        kit.show_if(self._release, bool(matches))
        words = dict(
            zip(map(tuple, self.model.posts[list(KEY)].to_numpy()), self.model.posts["text"], strict=True)
        )
        rows = [
            {
                "network": self.model.network_name(m.network),
                "text": words.get((m.network, m.account, m.entity_id), m.entity_id)[:200],
                "draft": self.model.draft_name(m.draft),
                "variant": m.variant,
                "id": m.id,
            }
            for m in matches
        ]
        headers = {
            "network": say("Network"),
            "text": say("Post"),
            "draft": say("Its draft"),
            "variant": say("Variant"),
        }
        if rows:
            self._stored.value = table(pd.DataFrame(rows), self.panel.language, headers=headers)
        else:
            self._stored.value = kit.empty(say("None yet"), say("Confirm proposals above."))
        kit.offer(self._past, [(f"{r['network']} · {r['text'][:_WORDS]}", r["id"]) for r in rows])

    # --- what the user does
    def _ticked(self) -> list[int]:
        return [place for place, tick in enumerate(self._ticks) if tick.value]

    def _confirm_ticked(self) -> None:
        count = self.model.confirm(self._ticked())
        self.show()
        self.panel.status.tell(
            self.panel.say_many("{count} match confirmed.", "{count} matches confirmed.", count)
        )

    def _refuse_ticked(self) -> None:
        count = self.model.refuse(self._ticked())
        self.show()
        self.panel.status.tell(
            self.panel.say_many("{count} proposal turned down.", "{count} proposals turned down.", count)
        )

    def _match_by_hand(self) -> None:
        if self._post.value and self._draft.value:
            self.model.match(self._post.value, self._draft.value)
            self.show()
            self.panel.status.tell(self.panel.say("Matched."))

    def _release_chosen(self) -> None:
        if self._past.value:
            self.model.release(self._past.value)
            self.show()
            self.panel.status.tell(self.panel.say("The match was released."))
