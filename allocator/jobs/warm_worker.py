"""The process of a warm program: ``python -X utf8 -m allocator.jobs.warm_worker FOLDER``."""

from __future__ import annotations

import faulthandler
import json
import shutil
import sys
import time
from pathlib import Path

from allocator.files import load
from allocator.files.text import write_aside
from allocator.jobs.process import Identity, alive
from allocator.jobs.warm import Question, Told, read
from allocator.scenario import Scenario
from allocator.scenario.scenario import Staffing
from allocator.solving import Clock, Event
from allocator.solving.highs import EngineFailed
from allocator.solving.instant import Instant
from allocator.solving.progress import Stopped

_PAUSE = 0.03
"""Seconds between two looks for a question."""
_LOOK = 2.0
"""Seconds between two looks whether the keeper still lives."""
_IDLE = 900.0
"""Seconds without a question after which the program is given up: it takes memory."""


class Answering:
    """The answers of one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._scenario: Scenario = load(path / "scenario.json")
        self._instant = Instant(self._scenario)
        pid, born = json.loads((path / "keeper.json").read_text("utf-8"))
        self._keeper: Identity = (int(pid), float(born))
        self._warm = False
        self._known: dict[str, Told] = {}
        self._heard = time.monotonic()

    def serve(self) -> None:
        """Answer questions until nobody is left to ask."""
        looked, answered = 0.0, 0
        while time.monotonic() - self._heard < _IDLE:
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                if not alive(self._keeper) or not self._path.is_dir():
                    break
            question = self._newest()
            if question is None or question.number == answered:
                time.sleep(_PAUSE)
                continue
            self._heard = time.monotonic()
            self._answer(question)
            answered = question.number
        shutil.rmtree(self._path, ignore_errors=True)

    def _newest(self) -> Question | None:
        return read(self._path / "question.json", Question)

    def _answer(self, question: Question) -> None:
        """Answer one question; the same again is answered from memory."""
        if (known := self._known.get(question.part)) is not None:
            self._tell(known.model_copy(update={"number": question.number}))
            return
        part = Staffing.model_validate_json(question.part)
        scenario = self._scenario.model_copy(update={"staffing": part})
        bounds: dict[str, float] = {}

        def heard(event: Event) -> None:
            if event.stage == "build":
                stage = "building" if self._warm else "warming"
                self._tell(Told.model_validate({"number": question.number, "stage": stage}))
            elif event.bound is not None:
                bounds[event.tier] = event.bound
                self._tell(
                    Told(
                        number=question.number,
                        stage="bounding",
                        bounds=dict(bounds),
                        seconds=clock.seconds,
                    )
                )

        clock = Clock(report=heard, wanted=lambda: self._wanted(question))
        try:
            estimate = self._instant.ask(scenario, clock)
        except Stopped:
            return
        except EngineFailed:
            self._tell(Told(number=question.number, stage="failed", seconds=clock.seconds))
            return
        self._warm = True
        told = Told(
            number=question.number,
            stage="done" if estimate.ending == "plan" else "infeasible",
            bounds=estimate.bounds,
            seconds=clock.seconds,
        )
        self._known[question.part] = told
        self._tell(told)

    def _wanted(self, question: Question) -> bool:
        newest = self._newest()
        return newest is not None and newest.number == question.number

    def _tell(self, told: Told) -> None:
        write_aside(self._path / "answer.json", told.model_dump_json())


if __name__ == "__main__":
    faulthandler.enable()
    Answering(Path(sys.argv[1])).serve()
