"""An installation: a folder that holds one forum, and the settings file inside it.

`DATA/madang.json` holds what a person decided at `madang init`; `DATA/madang.sqlite3` the
database unless DATABASE_URL names another; `DATA/files/` the papers.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from madang.config.commands import Hindered

SETTINGS_FILE = "madang.json"


@dataclass(frozen=True)
class Installation:
    """What one installation is set to.

    `address` is the public address without a last slash. `neighbour` is the address of the
    installation that this one points its visitors to (the real forum to its practice forum and
    back). `mail` is an address such as `smtp://user:pass@host:587`; without it letters wait.
    """

    data: Path
    name: dict[str, str] = field(default_factory=dict)
    address: str = "http://127.0.0.1:8000"
    email: str = ""
    time_zone: str = "Asia/Seoul"
    practice: bool = False
    neighbour: str = ""
    mail: str = ""
    database: str = ""
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or "127.0.0.1"

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")

    @property
    def log_name(self) -> str:
        """The name every entry of this installation's record carries."""
        return f"{urlsplit(self.address).netloc}/record"

    @property
    def exists(self) -> bool:
        return (self.data / SETTINGS_FILE).is_file()

    def write(self) -> None:
        """Keep the settings, readable by their owner alone: the secret key is among them."""
        self.data.mkdir(parents=True, exist_ok=True)
        kept = {key: value for key, value in asdict(self).items() if key != "data"}
        path = self.data / SETTINGS_FILE
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        new.replace(path)


def read_installation(data: Path) -> Installation:
    """The installation in a folder; one with default settings where there is no file yet."""
    path = data / SETTINGS_FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return Installation(**{"data": data, **kept})
    except (ValueError, TypeError) as error:
        raise Hindered(
            f"{path} can't be read as the settings of an installation: {error}"
        ) from error


def current_installation() -> Installation:
    """The installation this process serves: the folder named by MADANG_DATA."""
    return read_installation(Path(os.environ.get("MADANG_DATA", "var/madang")).absolute())


def moment_of_set_up() -> datetime:
    """Now; where a practice forum is set up to be rehearsed, the earlier moment that begins it."""
    began = os.environ.get("MADANG_REHEARSED_FROM", "")
    if began and current_installation().practice:
        return datetime.fromisoformat(began)
    return datetime.now(UTC)
