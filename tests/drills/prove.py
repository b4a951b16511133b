"""Runs one drill at full size and writes what it measured: `python -m tests.drills.prove NAME`."""

import argparse
import importlib
import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
PROOFS = PROJECT / "docs" / "explanation" / "proofs"


@dataclass(frozen=True)
class Proof:
    """What a drill found: rows of a table (what, figure) and whether every bar holds."""

    title: str
    bar: str
    size: str
    seed: int
    figures: list[tuple[str, str]]
    holds: bool


def written(proof: Proof, command: str, load: str) -> str:
    """Give the page of a proof.

    Args:
        command: what runs it again.
        load: the load averages of the machine when it began.
    """
    rows = "\n".join(f"| {what} | {figure} |" for what, figure in proof.figures)
    commit = _git("rev-parse", "--short", "HEAD")
    changed = " with uncommitted changes" if _git("status", "--porcelain", "--", "src") else ""
    return (
        f"# {proof.title}\n\n"
        f"What must hold: {proof.bar}\n\n"
        f"**{'It held.' if proof.holds else 'It did not hold.'}**\n\n"
        f"| what | figure |\n|---|---|\n{rows}\n\n"
        f"Size: {proof.size}. Seed: {proof.seed}. Date: {datetime.now(UTC):%Y-%m-%d}. "
        f"Commit: {commit}{changed}. Machine: {platform.machine()}, Python "
        f"{platform.python_version()}, {os.cpu_count()} processors, load averages of 1, 5 and 15 "
        f"minutes at the start: {load}.\n\n"
        f"Run it again with `{command}`.\n"
    )


def keep(page: str, name: str) -> None:
    """Write the page into the documentation."""
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / f"{name}.md").write_text(page, encoding="utf-8")


def load() -> str:
    """Give the load averages of 1, 5 and 15 minutes."""
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def main() -> None:
    """Run the drill that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--n", type=int, help="Another size than the full one; nothing is written.")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    module: Any = importlib.import_module(f"tests.drills.prove_{given.name}")
    before = load()
    proof = module.prove(given.n or module.FULL, given.seed)
    page = written(proof, f"./run prove {given.name}", before)
    print(page)
    if not given.n:
        keep(page, given.name)
    raise SystemExit(0 if proof.holds else 1)


if __name__ == "__main__":
    main()
