"""Every setting that the environment may give: its name, type, default and help."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting; `kind` is the method of `environ.Env` that reads it."""

    name: str
    kind: str
    default: Any
    help: str


def _default_home() -> Path:
    project = _PACKAGE.parent.parent
    return (project if (project / "pyproject.toml").exists() else Path.cwd()) / "var"


SETTINGS = (
    Setting(
        "STOCKTAKE_HOME",
        "path",
        None,
        "Folder for the database, the search index, files and the outbox; `var` in the project's "
        "folder, or in the current one when the package is installed.",
    ),
    Setting(
        "DATABASE_URL",
        "str",
        "",
        "PostgreSQL (15 or later) as `postgres://user:password@host/name`; without it SQLite in "
        "the home folder.",
    ),
    Setting(
        "STOCKTAKE_SECRET_KEY",
        "str",
        "",
        "Key that signs sessions and links; without it one is made and kept in the home folder.",
    ),
    Setting(
        "STOCKTAKE_ORIGIN",
        "str",
        "",
        "Public address of the site, such as `https://example.org`; links in mail start with it.",
    ),
    Setting(
        "STOCKTAKE_HOSTS",
        "list",
        [],
        "Host names that the site answers to, besides the one of the public address and loopback.",
    ),
    Setting(
        "STOCKTAKE_MAIL_URL",
        "str",
        "",
        "SMTP server as `smtp+tls://user:password@host:587`; without it mail is written to the "
        "outbox in the home folder.",
    ),
    Setting("STOCKTAKE_MAIL_FROM", "str", "stocktake@localhost", "Sender of mail."),
    Setting(
        "STOCKTAKE_SAMPLE",
        "bool",
        True,
        "Whether `stocktake up` loads the sample register into an empty database.",
    ),
    Setting("STOCKTAKE_WEB_WORKERS", "int", 2, "Processes that answer requests."),
    Setting("STOCKTAKE_DEBUG", "bool", False, "Show details of errors; never on a public site."),
)


class Environment:
    """Reads the settings once, with their types and defaults."""

    def __init__(self) -> None:
        self._env = environ.Env()

    def __getitem__(self, name: str) -> Any:
        setting = next(setting for setting in SETTINGS if setting.name == name)
        if setting.kind == "path":
            given = self._env.str(name, default="")
            return Path(given).expanduser().resolve() if given else _default_home()
        return getattr(self._env, setting.kind)(name, default=setting.default)

    def __iter__(self) -> Iterator[tuple[Setting, Any]]:
        return ((setting, self[setting.name]) for setting in SETTINGS)

    def database(self, home: Path) -> dict[str, Any]:
        """Give Django's description of the database."""
        url = self["DATABASE_URL"]
        if url:
            found: dict[str, Any] = self._env.db_url_config(url)
            host = unquote(found.get("HOST") or "")  # a folder of a socket is percent-encoded
            found.update(HOST=host, CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
            return found
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "stocktake.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 60,
        }

    def mail(self) -> dict[str, Any]:
        """Give Django's settings of outgoing mail, or nothing when mail goes to the outbox."""
        url = self["STOCKTAKE_MAIL_URL"]
        return dict(self._env.email_url_config(url)) if url else {}


SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=8000;"
    ),
}
"""The one WAL setting that loses no acknowledged write at a power cut; no memory map."""


def secret_key(given: str, home: Path) -> str:
    """Give the signing key: the one given, or one made once and kept in the home folder."""
    if given:
        return given
    file = home / "secret-key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"secret-key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            file.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text().strip()
