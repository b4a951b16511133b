"""Who writes: a signed-in person or the system itself; services take it explicitly."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anyone who may call a service; the key names them in the log without personal data."""

    @property
    def actor_key(self) -> str:
        """A key such as `user:U-7QK2M9XD` or `system:import`."""
        ...


@dataclass(frozen=True)
class System:
    """The system as an actor: commands run by the operator, loaders of data, jobs."""

    name: str

    @property
    def actor_key(self) -> str:
        """The key in the log."""
        return f"system:{self.name}"
