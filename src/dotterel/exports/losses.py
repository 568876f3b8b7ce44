"""What a format could not hold, counted while it is written, and told at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dotterel.exports.acts import Act, took_place


class Losses:
    """Counts what is left out or changed, by reason."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def note(self, reason: str, times: int = 1) -> None:
        """Count a loss of that kind, told as '{event|events} without date {is|are} left out', one and several."""
        self._counts[reason] += times

    def lines(self) -> list[str]:
        """One line a kind of loss, the commonest first."""
        return [_counted(reason, number) for reason, number in self._counts.most_common()]


def _counted(reason: str, number: int) -> str:
    """The reason after its number, each choice made by it."""
    parts = reason.replace("}", "{").split("{")
    chosen = [part.split("|")[number != 1] if "|" in part else part for part in parts]
    return f"{number:,} {''.join(chosen)}"


class Gate:
    """Lets through what a format without status and with days can hold, and counts the rest."""

    def __init__(self, losses: Losses, needs: str) -> None:
        self._losses = losses
        self._needs = needs

    def __call__(self, acts: Iterable[Act]) -> Iterable[Act]:
        """The acts that took place on a known day."""
        for act in acts:
            if not took_place(act):
                self._losses.note(
                    "{event that was|events that were} planned, proposed, hypothetical or negated {is|are} left out: "
                    f"{self._needs} holds only what took place"
                )
            elif act.first_day is None:
                self._losses.note(f"{{event|events}} without date {{is|are}} left out: {self._needs} needs one")
            else:
                if act.date is None:
                    self._losses.note(
                        "{event|events} without date {stands|stand} under the day of publication, as was asked"
                    )
                if act.date and len(act.date) < len("2015-11-24"):
                    self._losses.note(
                        "{event is|events are} dated to a month or longer and {stands|stand} under "
                        f"{{its|their}} first day: {self._needs} knows days only"
                    )
                if act.disputed:
                    self._losses.note(
                        "{event|events} whose tellings disagree on details {has|have} those of the fullest alone"
                    )
                yield act
