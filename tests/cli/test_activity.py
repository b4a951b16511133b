"""`stocktake activity edit`: values of a wrong kind are refused with a sentence."""

import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import ValidationError

from stocktake.cli.activity import group
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import values_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    """An activity with one title."""
    return factories.activity("Wells")


def _edit(activity: Activity, *settings: str) -> Result:
    options = [part for setting in settings for part in ("--set", setting)]
    return CliRunner().invoke(group, ["edit", activity.public_id, *options])


def _now(activity: Activity) -> Activity:
    return Activity.objects.with_links().get(pk=activity.pk)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("elements=[{", "This is no JSON: "),
        ("elements=sdg:4", "A list is expected, such as "),
        ('elements=["sdg:4"]', 'A list is expected, such as [{"element": "sdg:4"}].'),
        ('elements=[{"element": 4}]', "A list is expected, such as "),
        ('elements=[{"element": "sdg:4", "colour": "red"}]', "A list is expected, such as "),
        ('elements=[{"element": "sdg:4", "is_primary": "yes"}]', "A list is expected, such as "),
        ('areas={"area": "710"}', 'A list is expected, such as [{"area": "710"}].'),
        ('links=[{"title": "no address"}]', "A list is expected, such as "),
        ("beneficiaries=youth", 'A list of codes is expected, such as ["…", "…"].'),
        ('beneficiaries=[["youth"]]', "A list of codes is expected"),
        ('type=["project"]', "A plain text is expected."),
        ("owner=null", "A plain text is expected."),
        ("is_invented=maybe", "Yes or no is expected."),
        ('title={"en": "Wells"}', "A text in several languages is expected, such as "),
        ('title={"original": ["en"], "values": {}}', "A text in several languages is expected"),
        ("title=[]", "A text in several languages is expected"),
        ("budget_amount=[1]", "A number is expected, or null for none."),
    ],
)
def test_edit_of_a_wrong_shape_names_the_field_and_what_is_expected(
    activity: Activity, setting: str, sentence: str
) -> None:
    result = _edit(activity, setting)

    assert isinstance(result.exception, ValidationError)
    [(name, [told])] = result.exception.message_dict.items()
    assert name == setting.partition("=")[0]
    assert told.startswith(sentence)
    assert _now(activity).version == 1


@pytest.mark.parametrize("setting", ["colour=red", "title", "type.fr=x"])
def test_edit_of_no_field_fails_as_misuse_and_lists_the_fields(
    activity: Activity, setting: str
) -> None:
    result = _edit(activity, setting)

    assert result.exit_code == 2
    assert "the fields are: title, summary, " in result.output


def test_edit_takes_texts_codes_and_json(activity: Activity) -> None:
    result = _edit(
        activity,
        *(
            "title.fr=[Puits",
            "title.es=null",
            "summary=4 wells",
            "budget_amount=12.5",
            "is_invented=true",
        ),
        *('elements=[{"element": "sdg:4"}]', 'areas=[{"area": "710"}]', "source_name=2007"),
    )

    told = values_of(_now(activity))
    assert result.exit_code == 0
    assert told["title"]["values"] == {"en": "Wells", "es": "null", "fr": "[Puits"}
    assert told["summary"] == {"original": "en", "values": {"en": "4 wells"}}
    assert (told["budget_amount"], told["is_invented"]) == ("12.50", True)
    assert [link["element"] for link in told["elements"]] == ["sdg:4"]
    assert [link["area"] for link in told["areas"]] == ["710"]
    assert told["source_name"] == "2007"
