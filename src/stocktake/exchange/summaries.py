"""What an import tells: counts, and notes on what was wrong, capped in number but counted whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from stocktake.exchange.models import ImportRun, NoteKind, RunNote
from stocktake.lib.formats.problems import Problem

KEPT = 10_000
"""The most notes of one kind that a run keeps; the rest is counted."""

COUNTS = ("files", "read", "created", "updated", "unchanged", "skipped")


@dataclass(frozen=True)
class Fault:
    """One thing to tell about a file, an entry or a field; the template is an English sentence."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    identifier: str = ""
    field: str = ""
    code: str = ""

    @classmethod
    def of(cls, problem: Problem, file: str) -> "Fault":
        """Take over what a reader of `lib` found."""
        return cls(
            problem.template,
            dict(problem.values),
            file,
            problem.line,
            problem.identifier,
            problem.field,
            problem.code,
        )

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        text = gettext(self.template)
        return text % self.values if self.values else text

    def to_json(self) -> dict[str, Any]:
        """Give plain values."""
        return {
            "file": self.file,
            "line": self.line,
            "identifier": self.identifier,
            "field": self.field,
            "code": self.code,
            "message": self.message,
        }

    def to_note(self, run: ImportRun, kind: str) -> RunNote:
        """Give the unsaved note of a run."""
        return RunNote(
            run=run,
            note_kind=kind,
            file=self.file[:500],
            line=self.line,
            identifier=self.identifier[:300],
            field=self.field[:200],
            code=self.code[:60],
            template=self.template,
            values=dict(self.values),
        )


@dataclass
class Outcome:
    """What a batch did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    organizations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """A state of a summary."""

    counts: Mapping[str, int]
    totals: Mapping[str, int]
    lengths: Mapping[str, int]


@dataclass
class Summary:
    """The one summary of a run: `skipped` entries have a fault each; the rest are settled."""

    files: int = 0
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    notes: dict[str, list[Fault]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, run: ImportRun) -> "Summary":
        """Read the summary that a run keeps, its notes included."""
        kept = run.summary
        made = cls(**{name: kept.get(name, 0) for name in COUNTS}, totals=dict(kept["totals"]))
        for note in run.notes.all():
            fault = Fault(
                note.template,
                note.values,
                note.file,
                note.line,
                note.identifier,
                note.field,
                note.code,
            )
            made.notes.setdefault(note.note_kind, []).append(fault)
        return made

    def mark(self) -> "Mark":
        """Give the state that `back_to` returns to."""
        lengths = {kind: len(notes) for kind, notes in self.notes.items()}
        return Mark({name: getattr(self, name) for name in COUNTS}, dict(self.totals), lengths)

    def back_to(self, mark: "Mark") -> None:
        """Forget what was counted and noted since a mark."""
        for name, count in mark.counts.items():
            setattr(self, name, count)
        self.totals = dict(mark.totals)
        for kind, notes in self.notes.items():
            del notes[mark.lengths.get(kind, 0) :]

    def add(self, kind: NoteKind, fault: Fault) -> None:
        """Count a note, and keep it while there is room."""
        self.totals[kind.value] = self.totals.get(kind.value, 0) + 1
        kept = self.notes.setdefault(kind.value, [])
        if len(kept) < KEPT:
            kept.append(fault)

    def count_outcome(self, outcome: Outcome) -> None:
        """Add what a batch did or would do."""
        self.created += outcome.created
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        self.skipped += len(outcome.refused)
        for fault in outcome.refused:
            self.add(NoteKind.ERROR, fault)
        for fault in outcome.conflicts:
            self.add(NoteKind.CONFLICT, fault)

    def stored(self) -> dict[str, Any]:
        """Give what a run's row keeps: counts only, the notes are rows of their own."""
        return {**{name: getattr(self, name) for name in COUNTS}, "totals": dict(self.totals)}

    def count(self, kind: NoteKind) -> int:
        """Say how many notes of a kind there are, kept or not."""
        return self.totals.get(kind.value, 0)

    def to_json(self) -> dict[str, Any]:
        """Give counts and lists as the command line prints them."""
        told: dict[str, Any] = {name: getattr(self, name) for name in COUNTS}
        for kind, name in ((NoteKind.ERROR, "errors"), (NoteKind.CONFLICT, "conflicts")):
            told[f"{kind.value}_count"] = self.count(kind)
            told[name] = [fault.to_json() for fault in self.notes.get(kind.value, ())]
        for kind, name in ((NoteKind.KEPT, "kept"), (NoteKind.NOTE, "notes")):
            if kind.value in self.totals:
                told[f"{kind.value}_count"] = self.count(kind)
                told[name] = [fault.to_json() for fault in self.notes.get(kind.value, ())]
        return told
