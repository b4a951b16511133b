"""`stocktake up`, `prepare` and `doctor` on real installations."""

import json
import re
import signal
import time
import urllib.request
from pathlib import Path

import pytest

from tests import homes
from tests.homes import Home


def _told(process, pattern: str) -> re.Match[str]:
    """Read what a command prints until a line matches."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(pattern, line):
            return found
    raise AssertionError("".join(lines))


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _two_children(pid: int) -> list[int]:
    """Wait until a process has both of its children."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and len(_children(pid)) < 2:
        time.sleep(0.05)
    return _children(pid)


def _is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_up_prints_its_address_and_a_link_and_stops_cleanly(sample_home: Home) -> None:
    process = sample_home.start("up", "--port", str(homes.free_port()))
    address = _told(process, r"Stocktake is at (http://localhost:\d+/)").group(1)
    link = _told(process, r"demo secretariat: (http://localhost:\d+/desk/sign-in/\S+)").group(1)
    with urllib.request.urlopen(address) as page:
        home = page.read().decode()
    children = _two_children(process.pid)

    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=20)

    assert link.startswith(address)
    assert re.search(r'href="/activities/A-\w+', home)
    assert code == 0
    assert len(children) == 2
    assert not any(_is_alive(child) for child in children)


def test_up_starts_again_what_was_killed(sample_home: Home) -> None:
    with sample_home.serving() as address:
        up = min(
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit()
            and (entry / "cmdline").exists()
            and f"--port\0{address.rpartition(':')[2]}\0".encode()
            in (entry / "cmdline").read_bytes()
            and b"stocktake.cli" in (entry / "cmdline").read_bytes()
        )
        before = _two_children(up)

        for child in before:
            Path(f"/proc/{child}").exists() and homes.os.kill(child, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and (
            len(_children(up)) < 2 or set(_children(up)) & set(before)
        ):
            time.sleep(0.1)

        after = _children(up)
        homes.wait_for_answer(address + "/health/")
    assert len(after) == 2
    assert not set(after) & set(before)


def test_up_takes_the_next_free_port(sample_home: Home) -> None:
    port = homes.free_port()
    with homes.listening(port):
        process = sample_home.start("up", "--port", str(port))
        told = _told(process, r"Stocktake is at http://localhost:(\d+)/").group(1)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)

    assert int(told) > port


def test_up_without_the_sample_offers_no_sign_in(home: Home) -> None:
    process = home.start("up", "--port", str(homes.free_port()))
    _told(process, r"Stocktake is at")
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    process.wait(timeout=20)

    assert "sign-in" not in rest
    assert "Stop it with Ctrl-C." in rest


def test_prepare_a_second_time_does_nothing(sample_home: Home) -> None:
    sample_home.run("prepare")
    before = sample_home.run("history", "head").stdout

    again = sample_home.run("prepare").stdout

    assert again == ""
    assert sample_home.run("history", "head").stdout == before


def test_doctor_tells_what_is_on_and_how_to_turn_on_the_rest(home: Home) -> None:
    told = json.loads(home.run("doctor", "--json").stdout)

    assert told["database"]["is_on"]
    assert told["log"]["is_on"]
    assert told["search index"]["is_on"]
    assert not told["register"]["is_on"]
    assert told["register"]["remedy"] == "./run stocktake sample load"


def test_doctor_of_an_empty_folder_names_the_command_that_helps(tmp_path: Path) -> None:
    empty = Home(tmp_path / "nothing")
    (tmp_path / "nothing").mkdir()

    done = empty.run("doctor", "--json", check=False)

    assert done.returncode == 1
    assert json.loads(done.stdout)["log"]["remedy"] == "./run stocktake prepare"


@pytest.mark.parametrize("arguments", [("no-such-noun",), ("history", "no-such-verb")])
def test_unknown_command_is_told_in_a_sentence(home: Home, arguments: tuple[str, ...]) -> None:
    done = home.run(*arguments, check=False)

    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_command_on_an_unprepared_folder_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()

    done = Home(tmp_path / "nothing").run("history", "head", check=False)

    assert done.returncode == 2
    assert "Run: stocktake prepare" in done.stderr
    assert "Traceback" not in done.stderr
