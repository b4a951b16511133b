"""A breach of a rule of the standard: a problem with a severity."""

from dataclasses import dataclass

from stocktake.lib.formats.problems import Problem


@dataclass(frozen=True)
class Finding(Problem):
    """A breach; `code` is the rule's public number, `severity` "critical", "error" or "warning"."""

    severity: str = "error"

    @property
    def rule(self) -> str:
        """The rule's number, as the standard's validator publishes it."""
        return self.code

    def to_json(self) -> dict[str, str | int]:
        """Return plain values, the message in English."""
        plain = super().to_json()
        del plain["code"]
        return {"rule": self.code, "severity": self.severity, **plain}
