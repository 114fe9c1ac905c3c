"""What the planning part of the test panel knows: what is wished for, which design can give it, the plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from smmlib import experiments
from smmlib.draft import Draft
from smmlib.errors import InvalidValueError, SmmError
from smmlib.experiments import Arm, CopyTest
from smmlib.experiments.comparison import Design
from smmlib.experiments.look_plan import Looks
from smmlib.experiments.past_posts import PastPosts, past_posts
from smmlib.experiments.registration import registered
from smmlib.experiments.sequence import AlwaysValid
from smmlib.language import mark
from smmlib.panels.testing.wishes import Planned, Wishes, read_shares, read_times

if TYPE_CHECKING:
    from smmlib.experiments import Advice, SlotNeed, SlotPlan, TestPlan
    from smmlib.workspace import Workspace

SETTING = "test plan"
_SEEDS = 1_000_000


class PlanModel(t.HasTraits):
    """The wishes and what follows from them. Holds no widgets.

    Attributes:
        wishes: As typed; kept in the workspace.
        started: Id of the test started last, "" before.
    """

    wishes = t.Instance(Wishes)
    started = t.Unicode("")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._past: tuple[tuple[Any, ...], PastPosts] | None = None
        self.wishes = self._restored()

    def wish(self, **changes: Any) -> None:
        """Change some wishes and keep them.

        Raises:
            InvalidRecordError: A value does not fit; nothing changes.
        """
        changed = self.wishes.replace(**changes)
        if changed == self.wishes:
            return
        self.wishes = changed
        if not self.workspace.read_only:
            views = self.workspace.settings.views
            self.workspace.change_settings(views={**views, SETTING: changed.model_dump(mode="json")})

    # --- what is known
    def drafts(self) -> tuple[Draft, ...]:
        """Drafts with two variants or more, by name."""
        found = (draft for draft in self.workspace.drafts.list() if len(draft.variants) > 1)
        return tuple(sorted(found, key=lambda draft: draft.name.casefold()))

    @property
    def draft(self) -> Draft | None:
        """The draft whose variants are tested."""
        return next((draft for draft in self.drafts() if draft.id == self.wishes.draft), None)

    @property
    def texts(self) -> dict[str, str]:
        """Variant to its text; empty texts where no draft gives them.

        Raises:
            InvalidValueError: Fewer than two names, or one twice.
        """
        if self.draft is not None:
            return {variant.name: variant.text for variant in self.draft.variants}
        names = [name.strip() for name in self.wishes.variants.split(",") if name.strip()]
        if len(names) < 2 or len(set(names)) < len(names):
            raise InvalidValueError(
                mark("The variants are {names}; give two or more different names, separated by commas."),
                names=", ".join(names) or "–",
            )
        return dict.fromkeys(names, "")

    @property
    def past(self) -> PastPosts:
        """What past posts say, of the account chosen."""
        wishes = self.wishes
        key = (self.workspace.response.version(), wishes.trials, wishes.metric, wishes.account)
        if self._past is None or self._past[0] != key:
            found = past_posts(
                self.workspace.response.table(),
                trials=wishes.trials, successes=wishes.metric, account=wishes.account,
                zone_name=self.workspace.settings.time_zone,
            )  # fmt: skip
            self._past = (key, found)
        return self._past[1]

    @property
    def base_rate(self) -> float | None:
        """The rate typed, else that of past posts; None where neither is known."""
        return self.past.rate if self.wishes.base_rate is None else self.wishes.base_rate

    @property
    def posts_per_week(self) -> float | None:
        """Posts a week as typed, else those of the past."""
        return self.past.a_week if self.wishes.posts_per_week is None else self.wishes.posts_per_week

    # --- what follows
    @property
    def advice(self) -> Advice:
        """Which design can answer the question.

        Raises:
            SmmError: Something is missing or lies outside its range.
        """
        return experiments.advise(self.wishes.question, **self.advise_arguments())

    @property
    def design(self) -> Planned:
        """The design chosen, else the one advised."""
        if self.wishes.design:
            return self.wishes.design
        return self.advised or "randomised"

    @property
    def advised(self) -> Planned | None:
        """The design that is recommended; None while none can be."""
        try:
            recommended = self.advice.recommended
        except SmmError:
            return None
        if recommended is None:
            return None
        designs: dict[str, Planned] = {
            "slots": "slots", "paid": "platform", "switchback": "switchback", "history": "history",
        }  # fmt: skip
        return designs.get(recommended, "randomised")

    @property
    def looks(self) -> int | Looks | AlwaysValid:
        """When the test may be judged, as `plan_test` takes it."""
        if self.wishes.looking == "once":
            return 1
        return (
            AlwaysValid()
            if self.wishes.looking == "any time"
            else Looks.even(self.wishes.looks, self.wishes.looking)
        )

    @property
    def plan(self) -> TestPlan:
        """Plan of a randomised test or a platform's split.

        Raises:
            SmmError: Something is missing or lies outside its range.
        """
        return experiments.plan_test(self._rate(), self.wishes.lift, **self.plan_arguments())

    @property
    def need(self) -> SlotNeed | None:
        """How many blocks of slots the lift needs; None while the scatter of posts is not known."""
        scatter, wishes = self.past.scatter, self.wishes
        if scatter is None:
            return None
        return experiments.plan_slots(
            scatter, wishes.lift, variants=len(self.texts), power=wishes.power,
            alpha=round(1 - wishes.confidence, 12), posts_per_week=self.posts_per_week,
        )  # fmt: skip

    @property
    def slot_plan(self) -> SlotPlan:
        """The draw of slots or periods, as it would be stored.

        Raises:
            SmmError: There are too few like slots, or a time cannot be read.
        """
        if self.design == "switchback":
            return experiments.plan_switchback(
                self.first_day(), **self.switchback_arguments(), at=self.workspace.now()
            )
        return experiments.match_slots(self._slots(), **self.slot_arguments(), at=self.workspace.now())

    def draw_anew(self) -> None:
        """Take another seed, while nothing is stored yet."""
        self.wish(seed=(self.wishes.seed * 48271 + 11) % _SEEDS)

    # --- start
    def start(self) -> CopyTest:
        """Store the plan as a test of its own, the draw and the drafts of its slots with it.

        Raises:
            SmmError: The plan is not complete; nothing is stored.
        """
        if self.design == "history":
            raise InvalidValueError(
                mark("Looking back needs no plan: open “From the response” under “Results”.")
            )
        slots = self.design in ("slots", "switchback")
        test = self._slot_test() if slots else self._split_test()
        self.workspace.tests.add(test)
        self.wish(name="")
        self.started = test.id
        return test

    @property
    def test_name(self) -> str:
        """Name of the test to be started, told apart from those there are."""
        wanted = self.wishes.name.strip()
        if not wanted:
            wanted = self.draft.name if self.draft else f"Test {self.workspace.now():%Y-%m-%d}"
        taken = {test.name for test in self.workspace.tests.list()}
        names = (wanted, *(f"{wanted} ({number})" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _split_test(self) -> CopyTest:
        plan, wishes, texts = self.plan, self.wishes, self.texts
        design: Design = "platform" if self.design == "platform" else "randomised"
        kept = registered(plan, texts=texts, at=self.workspace.now(), **self._registration())
        return CopyTest(
            **self._told(), design=design, plan=kept, arms=self._arms(), dispersion=wishes.dispersion
        )

    def _slot_test(self) -> CopyTest:
        assignment = self.slot_plan.assignment
        test = CopyTest(**self._told(), design="slots", assignment=assignment.id, arms=self._arms())
        posts = assignment.drafts(self.draft) if self.draft and self.design == "slots" else ()
        self.workspace.assignments.add(assignment)  # before anything is posted
        for post in posts:
            self.workspace.drafts.add(post)
        return test

    def _arms(self) -> tuple[Arm, ...]:
        """The variants with their texts and, from a draft, what was declared to differ."""
        levels = {variant.name: variant.levels for variant in self.draft.variants} if self.draft else {}
        return tuple(
            Arm(variant=name, text=text, levels=levels.get(name, {})) for name, text in self.texts.items()
        )

    def _told(self) -> dict[str, Any]:
        wishes = self.wishes
        return {
            "name": self.test_name,
            "campaign": self.draft.campaign if self.draft else "",
            "draft": wishes.draft if self.draft else "",
            "metric": wishes.metric,
            "shown": wishes.trials,
            "networks": self._networks(),
            "confidence": wishes.confidence,
        }

    def _networks(self) -> tuple[str, ...]:
        """Networks the test runs on: those of the draft, or of the account chosen."""
        wanted = {version.account for version in self.draft.versions} if self.draft else {self.wishes.account}
        accounts = self.workspace.accounts.list()
        return tuple(sorted({account.network for account in accounts if account.id in wanted}))

    def _registration(self) -> dict[str, Any]:
        wishes, looks = self.wishes, self.looks
        times = looks.times if isinstance(looks, Looks) else (1.0,)
        return {"question": wishes.question, "looking": wishes.looking, "times": times, "cpm": wishes.cpm}

    # --- arguments, also for the code
    def _rate(self) -> float:
        rate = self.base_rate
        if rate is None:
            raise InvalidValueError(mark("The usual rate is not known; type it, for example 1.5 (per cent)."))
        return rate

    def advise_arguments(self) -> dict[str, Any]:
        """What `advise` is told besides the question."""
        wishes = self.wishes
        given = {
            "base_rate": self._rate(), "lift": wishes.lift, "cpm": wishes.cpm, "budget": wishes.budget,
            "posts_per_week": self.posts_per_week, "subscribers": wishes.subscribers,
            "scatter": None if self.past.scatter is None else float(self.past.scatter),
            "weeks": wishes.weeks, "variants": len(self.texts),
        }  # fmt: skip
        return {**given, **self._certainty()}

    def _certainty(self) -> dict[str, Any]:
        wishes = self.wishes
        return {
            "power": wishes.power,
            "alpha": round(1 - wishes.confidence, 12),
            "dispersion": wishes.dispersion,
        }

    def plan_arguments(self) -> dict[str, Any]:
        """What `plan_test` is told besides rate and lift."""
        shares = read_shares(self.wishes.shares)
        given: dict[str, Any] = {"arms": len(self.texts), **self._certainty()}
        given |= {"shares": shares} if shares else {}
        given |= {"per_day": self.wishes.per_day} if self.wishes.per_day else {}
        return {**given, "looks": self.looks, "design": self.design}

    def slot_arguments(self) -> dict[str, Any]:
        """What `match_slots` is told besides slots and time."""
        wishes = self.wishes
        return {
            "start": "start", "account": "account", "seed": wishes.seed,
            "zone_name": self.workspace.settings.time_zone, "variants": tuple(self.texts),
            "washout_hours": wishes.washout_hours, "alpha": round(1 - wishes.confidence, 12),
            "name": self.test_name,
        }  # fmt: skip

    def switchback_arguments(self) -> dict[str, Any]:
        """What `plan_switchback` is told besides first day and time."""
        wishes = self.wishes
        return {
            "periods": wishes.periods, "days": wishes.days, "seed": wishes.seed,
            "zone_name": self.workspace.settings.time_zone, "variants": tuple(self.texts),
            "burn_in_hours": wishes.burn_in_hours, "account": wishes.account,
            "alpha": round(1 - wishes.confidence, 12), "name": self.test_name,
        }  # fmt: skip

    def first_day(self) -> date:
        """The first day of slots or periods: the one typed, else tomorrow."""
        return self.wishes.first_day or self.workspace.now().date() + timedelta(days=1)

    def _slots(self) -> pd.DataFrame:
        """The slots there are: account, start (local, without zone)."""
        account = self.wishes.account
        if not account:
            raise InvalidValueError(mark("Choose the account whose slots are to be used."))
        times, first = read_times(self.wishes.hours), self.first_day()
        days = (first + timedelta(days=index) for index in range(7 * self.wishes.slot_weeks))
        starts = [
            datetime.combine(day, datetime.min.time()) + each
            for day in days
            if day.isoweekday() in self.wishes.weekdays
            for each in times
        ]
        return pd.DataFrame({"account": account, "start": starts})

    @property
    def code(self) -> str:
        """Python that gives the same advice and the same plan."""
        from smmlib.panels.testing.plan_code import code_of

        return code_of(self)

    def _restored(self) -> Wishes:
        try:
            return Wishes(**self.workspace.settings.views.get(SETTING, {}))
        except SmmError:  # kept by an older version
            return Wishes()
