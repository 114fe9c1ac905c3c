"""A draft as every account will get it: text, count, link and findings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from smmlib.campaign import Account, Campaign
from smmlib.draft import PART_BREAK, Draft, LinkCard, Version
from smmlib.drafting.checks import check
from smmlib.drafting.links import campaign_link
from smmlib.drafting.versions import FieldMeasure, measure_fields
from smmlib.language import Language
from smmlib.networks import Finding, Measure, Network

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class AccountSurvey:
    """How a draft goes to one account.

    Attributes:
        account: The account.
        network: Its network, with the account's own limits.
        version: Format, planned time, media.
        text: What is posted there; the parts of a thread in paragraphs of their own.
        measures: Length in each unit that has a limit, the first the network's own; of a thread the part
            with the least left.
        link: Landing page with UTM parameters, or "" where there is none.
        findings: What the checks say.
        parts: The posts: the parts of a thread, else the text alone.
        part_measures: Length of each of them, as in `measures`.
        fields: What the network takes beside the text, with its length.
        link_card: What the network shows of the linked page.
    """

    account: Account
    network: Network
    version: Version
    text: str
    measures: tuple[Measure, ...]
    link: str
    findings: tuple[Finding, ...]
    parts: tuple[str, ...] = ()
    part_measures: tuple[tuple[Measure, ...], ...] = ()
    fields: tuple[FieldMeasure, ...] = ()
    link_card: LinkCard = field(default_factory=LinkCard)


@dataclass(frozen=True, slots=True)
class Survey:
    """Outcome of `survey`: a row for each account the draft goes to."""

    rows: tuple[AccountSurvey, ...]

    def findings(self) -> tuple[tuple[Finding, tuple[Account, ...]], ...]:
        """Each different finding once, worst first, with the accounts it is about."""
        by_text: dict[str, tuple[Finding, list[Account]]] = {}
        for row in self.rows:
            for finding in row.findings:
                by_text.setdefault(finding.text(), (finding, []))[1].append(row.account)
        order = {"error": 0, "warning": 1, "notice": 2}
        found = sorted(by_text.values(), key=lambda pair: order[pair[0].severity])
        return tuple((finding, tuple(accounts)) for finding, accounts in found)

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per account, with what the checks say in `language`.

        Columns: account, network, format, planned_at (local), parts, unit, count, limit, remaining (of the
        part with the least left), link, findings.
        """
        import pandas as pd

        columns = ["account", "network", "format", "planned_at", "parts", "unit", "count", "limit"]
        columns += ["remaining", "link", "findings"]
        rows = [
            (
                row.account.handle,
                row.network.id,
                row.version.format,
                _local(row),
                len(row.parts),
                row.measures[0].unit,
                row.measures[0].count,
                row.measures[0].limit,
                row.measures[0].remaining,
                row.link,
                " ".join(finding.text(language) for finding in row.findings),
            )
            for row in self.rows
        ]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype({"limit": "Int64", "remaining": "Int64"})


def survey(
    draft: Draft,
    *,
    campaign: Campaign | None,
    accounts: Iterable[Account],
    networks: Mapping[str, Network],
    **known: Any,
) -> Survey:
    """Count, check and link a draft for every account it goes to.

    Args:
        draft: The draft.
        campaign: Its campaign, or None.
        accounts: Accounts of the workspace; those the draft does not go to are passed over.
        networks: Networks by id; an account whose network is not among them is passed over.
        **known: What else the checks may know: options, assets, earlier and others of `check`.
    """
    by_id = {account.id: account for account in accounts}
    rows = [
        _row(draft, version, account, networks[account.network], campaign=campaign, **known)
        for version in draft.versions
        if (account := by_id.get(version.account)) and account.network in networks
    ]
    return Survey(tuple(rows))


def _row(draft: Draft, version: Version, account: Account, network: Network, **known: Any) -> AccountSurvey:
    network = network.with_limits(account.limits)
    parts = version.posted(draft.text)
    warning = version.fields.get("content_warning", "")
    measures = tuple(network.measures(part, version.format, content_warning=warning) for part in parts)
    return AccountSurvey(
        account=account,
        network=network,
        version=version,
        text=PART_BREAK.join(parts),
        measures=max(measures, key=lambda part: part[0].count),
        link=campaign_link(draft, campaign=known["campaign"], account=account),
        findings=check(draft, network=network, account=account, **known),
        parts=parts,
        part_measures=measures,
        fields=measure_fields(version.fields, network, version.format),
        link_card=draft.link_card,
    )


def _local(row: AccountSurvey) -> datetime | None:
    from zoneinfo import ZoneInfo

    when = row.version.planned_at
    return when.astimezone(ZoneInfo(row.account.time_zone)).replace(tzinfo=None) if when else None
