"""What all pages share: sidebar, title, actions; and what is open while a page is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from allocator.county.frozen import DataError, Problem
from allocator.modelling import Text
from allocator.scenario import PartName, Scenario
from allocator.ui import session
from allocator.ui.heading import show_actions, show_facts
from allocator.ui.language import language, say
from allocator.ui.live import just_ended, show_progress
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.ui.logic.standing import Standing, standing
from allocator.ui.problems import plain, show_problems
from allocator.ui.tour import show_line

if TYPE_CHECKING:
    from allocator.ui.logic.findings import Findings


@dataclass(frozen=True)
class Context:
    """What is open in this window."""

    entry: Entry
    draft: Draft
    run: Run | None
    """The run looked at: the one in the address, else the scenario's last."""
    findings: Findings | None
    """What came of it, once it is over and gave something."""
    failed: tuple[Problem, ...]
    """Why it gave nothing, where it did not."""
    how: Standing

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.draft.scenario

    def solved(self, part: PartName) -> Findings | None:
        """The findings, if they hold a plan of a part."""
        found = self.findings
        return found if found is not None and part in found.solved else None


@dataclass(frozen=True)
class FreePage:
    """A page that is about no scenario, and opens none."""

    code: str
    section: Text
    title: Text
    show: Callable[[], None]
    part: PartName | None = None
    result: bool = False
    listed: Callable[[], bool] | None = None

    def run(self) -> None:
        """Draw the whole page."""
        st.title(plain(self.title.say(language())), anchor=False)
        self.show()


@dataclass(frozen=True)
class Page:
    """A page of the tool.

    Attributes
    ----------
    code
        Its address.
    section
        The heading it stands under in the navigation.
    show
        Draws everything below title and actions.
    part
        The part of a scenario it is about; a scenario without that part does not show it.
    result
        Whether it shows a result, and says so where that is older than the settings.
    listed
        Whether it has anything to say of what is open; None where it always has. Else the
        navigation leaves it out.
    """

    code: str
    section: Text
    title: Text
    show: Callable[[Context], None]
    part: PartName | None = None
    result: bool = False
    listed: Callable[[], bool] | None = None

    def run(self) -> None:
        """Draw the whole page."""
        show_line()
        entry = session.opened()
        if entry is None:
            st.title(say("Allocator"), anchor=False)
            st.info(say("There is no scenario yet: make one or bring one in on the start page."))
            return
        try:
            with st.spinner(say("Reading the scenario")):
                draft = session.draft_of(entry)
        except DataError as error:
            st.title(entry.title, anchor=False)
            st.markdown(say("This scenario file cannot be used:"))
            show_problems(error.problems)
            return
        context = _context(entry, draft)
        st.title(plain(self.title.say(language())), anchor=False)
        show_facts(draft)
        show_actions(entry, draft, context.how, options=self.code != "solve")
        if context.how == "running" and context.run is not None:
            show_progress(context.run, draft.scenario, whole=self.code == "solve")
        else:
            if just_ended(context.run):
                st.toast(say("The run is over: this is its result."))
            show_problems(context.failed)
        if self.result and context.how == "outdated" and context.findings is not None:
            text = "Settings were changed since this result: it belongs to the earlier ones."
            st.warning(say(text))
        self.show(context)


def _context(entry: Entry, draft: Draft) -> Context:
    run = session.run_open(entry.key)
    found = session.findings_of(run.job.id) if run is not None and run.job.ended else None
    findings = None if isinstance(found, tuple) else found
    outcome = findings.outcome if findings is not None else None
    failed = found if isinstance(found, tuple) else ()
    return Context(entry, draft, run, findings, failed, standing(draft, run, outcome))


def ask_to_solve(context: Context) -> None:
    """What to do on a page of results that has none yet."""
    if context.how == "running":
        st.info(say("It is being solved: the result appears here."))
    elif context.findings is not None:
        st.info(say("The last run found no plan for this: the page Solve says why."))
    else:
        st.info(say("There is no result yet: press Solve above."))
