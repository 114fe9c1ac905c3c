"""Posting by hand: the text to copy, the link to the network's own window, the tick afterwards."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.drafting.handover import Post, clipboard_text, share_link
from smmlib.language import moment
from smmlib.panels import kit
from smmlib.panels.drafting.handover_model import HandoverModel

_WORDS = 60


class HandOverByHand(w.VBox):
    """A post to be copied out, and the tick that it is posted. Nothing is opened or sent by itself.

    Args:
        model: Which posts there are.
        panel: The panel it stands in.
    """

    def __init__(self, model: HandoverModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._post = kit.choice(say("Post"), [])
        self._post.add_class("smm-by-hand-post")
        self._text = kit.html("", "smm-copy")
        self._share, self._why = kit.html("", "smm-share"), kit.html("", "smm-by-hand-state")
        self._link = kit.field(
            w.Text(description=say("Address of the published post"), placeholder="https://"),
            "smm-permalink",
            grow=3,
        )
        self._tick = panel.button(say("Posted"), self._ticked, look="primary")
        self._tick.add_class("smm-tick")
        self._untick = panel.button(say("Not posted after all"), self._unticked, look="small")
        self._empty = kit.html(
            kit.empty(say("Nothing to post by hand"), say("The posts chosen above appear here."))
        )
        self._form = kit.stack(
            self._post, self._why, self._text, self._share, kit.row(self._link, self._tick, self._untick)
        )
        super().__init__([kit.card(self._empty, self._form, title=say("Post by hand"))])
        self._filling = False
        self._post.observe(self._chosen, "value")

    def show(self) -> None:
        """Offer the posts that are meant, and show the chosen one."""
        posts = self.model.posts
        kit.show_if(self._empty, not posts)
        kit.show_if(self._form, bool(posts))
        self._filling = True
        waiting = next((post.key for post in posts if not post.version.published), None)
        kept = self._post.value if self._post.value in {post.key for post in posts} else waiting
        kit.offer(self._post, [(self._line(post), post.key) for post in posts], kept)
        self._filling = False
        self._show_post()

    @property
    def post(self) -> Post | None:
        """The chosen post."""
        return next((post for post in self.model.posts if post.key == self._post.value), None)

    def _show_post(self) -> None:
        post, done = self.post, self.model.result
        if post is None or done is None:
            return
        language = self.panel.language
        reasons = next((refused.reasons for refused in done.refused if refused.post.key == post.key), ())
        posted = post.version.published
        free = not reasons and not posted
        kit.put(self._text, self._text_markup(post) if free else "")
        kit.put(self._share, self._share_markup(post) if free else "")
        kit.put(self._link, post.version.permalink)
        kit.show_if(self._tick, not posted)
        kit.show_if(self._untick, posted)
        whys = "".join(f'<div class="smm-bad">{escape(reason.text(language))}</div>' for reason in reasons)
        kit.put(self._why, whys + (self._posted_markup(post) if posted else ""))

    def _text_markup(self, post: Post) -> str:
        """A field that can be read and copied from, by keyboard too, but not changed."""
        text, label = clipboard_text(post, self.panel.language), self.panel.say("Text to copy")
        return f"<label>{escape(label)}<textarea readonly rows=10>\n{escape(text)}</textarea></label>"

    def _share_markup(self, post: Post) -> str:
        say, link = self.panel.say, share_link(post)
        if link is None:
            words = say(
                "{network} has no address that opens a new post; copy the text.", network=post.network.name
            )
            return f'<span class="smm-note">{escape(words)}</span>'
        label = say("Open a new post on {network}", network=post.network.name)
        only = say("Only the link is taken over there; paste the text.") if link.takes == "link" else ""
        return (
            f'<a href="{escape(link.address)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a> '
            f'<span class="smm-note">{escape(only)}</span>'
        )

    def _posted_markup(self, post: Post) -> str:
        say, address = self.panel.say, post.version.permalink
        when = post.version.posted_at
        told = kit.badge(say("Posted"), "good")
        zone = ZoneInfo(post.account.time_zone)
        if when is not None:
            told += f" {escape(moment(when.astimezone(zone), self.panel.language))}"
        if address.startswith(("https://", "http://")):
            shown = escape(address)
            told += f' <a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'
        return f"<div>{told}</div>"

    def _line(self, post: Post) -> str:
        sign = "✓" if post.version.published else "✎"
        when = f"{moment(post.planned, self.panel.language)} · " if post.planned else ""
        return f"{sign} {when}{post.name[:_WORDS]}"

    def _chosen(self, _change: object) -> None:
        if not self._filling:
            self.panel.status.clear()
            self._show_post()

    def _ticked(self) -> None:
        if self.post is not None:
            self.model.tick(self.post, self._link.value)
            self.panel.status.tell(self.panel.say("Ticked as posted. “Not posted after all” takes it back."))

    def _unticked(self) -> None:
        if self.post is not None:
            self.model.untick(self.post)
            self.panel.status.tell(self.panel.say("The tick is taken back."))
