"""The three-way merge by field, and by language within a text."""

from typing import Any

import pytest

from stocktake.domain.activities.services import FIELDS, Values
from stocktake.domain.activities.services.values import TEXTS
from stocktake.exchange.merging import adopt, kept, merge, overwrite, undo


def _values(**told: Any) -> Values:
    empty: dict[str, Any] = {name: {} if name in TEXTS else "" for name in FIELDS}
    return {**empty, **told}


def _text(**values: str) -> dict[str, Any]:
    return {"original": next(iter(values)), "values": values}


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "changes", "conflicts"),
    [
        ("a", "a", "a", {}, ()),
        ("a", "b", "a", {"status": "b"}, ()),
        ("a", "b", "b", {}, ()),
        ("a", "a", "mine", {}, ()),
        ("a", "b", "mine", {}, ("status",)),
        ("a", "", "a", {"status": ""}, ()),
        ("a", "", "mine", {}, ("status",)),
        ("", "b", "", {"status": "b"}, ()),
        ("", "b", "mine", {}, ("status",)),
    ],
)
def test_merge_takes_what_nobody_edited(
    base: str, theirs: str, ours: str, changes: dict[str, str], conflicts: tuple[str, ...]
) -> None:
    merged = merge(kept({"status": base}), _values(status=theirs), _values(status=ours))

    assert (merged.changes, merged.conflicts) == (changes, conflicts)


def test_merge_of_text_goes_language_by_language() -> None:
    base, theirs = _text(en="a", fr="b"), _text(en="new", fr="changed", es="added")
    ours = _text(en="a", fr="mine", ru="translated")

    merged = merge({"title": base}, _values(title=theirs), _values(title=ours))

    assert merged.changes["title"]["values"] == {
        "en": "new",
        "es": "added",
        "fr": "mine",
        "ru": "translated",
    }
    assert merged.conflicts == ("title",)


def test_merge_of_confirmation_takes_the_later_day_without_a_conflict() -> None:
    told = {"last_confirmed_on": "2020-01-01"}

    later = merge(
        told, _values(last_confirmed_on="2022-01-01"), _values(last_confirmed_on="2021-05-05")
    )
    earlier = merge(
        told, _values(last_confirmed_on="2021-01-01"), _values(last_confirmed_on="2021-05-05")
    )

    assert later.changes == {"last_confirmed_on": "2022-01-01"}
    assert (earlier.changes, earlier.conflicts) == ({}, ())


def test_merge_leaves_alone_what_the_source_does_not_speak_of() -> None:
    merged = merge({"status": "a"}, {"title": _text(en="b")}, _values(status="mine"))

    assert merged.changes == {"title": _text(en="b")}


def test_adopt_fills_only_what_is_empty() -> None:
    merged = adopt(_values(status="a", type="project"), _values(status="mine"))

    assert (merged.changes, merged.conflicts) == ({"type": "project"}, ("status",))


def test_overwrite_keeps_other_languages_and_empty_cells() -> None:
    merged = overwrite(
        {"title": _text(fr="neuf"), "status": ""},
        _values(title=_text(en="a", fr="b"), status="mine"),
    )

    assert merged.changes == {"title": {"original": "en", "values": {"en": "a", "fr": "neuf"}}}


def test_undo_puts_back_unless_edited_since() -> None:
    now = _values(status="written", type="edited")

    undone = undo(now, {"status": ["before", "written"], "type": ["old", "new"]})

    assert (undone.changes, undone.conflicts) == ({"status": "before"}, ("type",))
