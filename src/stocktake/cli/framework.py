"""`stocktake framework`: processes, frameworks and mappings, loaded from files and shown."""

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.models import Framework
from stocktake.domain.frameworks.services import load_frameworks
from stocktake.domain.stakeholders.services import load_stakeholders, process_folders
from stocktake.kernel.common.actors import System

_language = click.option("--language", default="en", show_default=True, help="Language of names.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON instead of lines.")


@click.group()
def group() -> None:
    """Processes, their frameworks, elements and mappings."""


@group.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@_json
def load(folder: Path | None, as_json: bool) -> None:
    """Bring frameworks in line with the shipped files, or add and renew those of FOLDER.

    Organizations, memberships and offices of its processes come along.
    """
    actor = System("framework")
    outcome = load_frameworks(actor, folder)
    count = load_stakeholders(actor, process_folders(folder))
    if as_json:
        click.echo(json.dumps({**vars(outcome), "stakeholders": count}))
        return
    told = _(
        "%(created)s created, %(updated)s updated, %(withdrawn)s withdrawn, "
        "%(unchanged)s unchanged."
    )
    click.echo(told % vars(outcome))
    told = ngettext(
        "%(count)s organization, membership or office written.",
        "%(count)s organizations, memberships and offices written.",
        count,
    )
    click.echo(told % {"count": count})


@group.command("list")
@_language
@_json
def list_frameworks(language: str, as_json: bool) -> None:
    """List the frameworks with their process and the number of their elements."""
    rows = [
        {
            "code": framework.public_id,
            "process": framework.process_id or "",
            "elements": len(queries.elements_of(framework.public_id)),
            "name": framework.names.best(language).text,
        }
        for framework in queries.frameworks()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['code']:<20} {row['elements']:>5}  {row['process']:<12} {row['name']}")


@group.command()
@click.argument("code")
@_language
@_json
def show(code: str, language: str, as_json: bool) -> None:
    """List the elements of a framework, or one element with what it is related to."""
    if ":" in code:
        _show_element(code, language, as_json)
    else:
        _show_framework(code, language, as_json)


def _show_framework(code: str, language: str, as_json: bool) -> None:
    if not Framework.objects.filter(public_id=code).exists():
        told = {"code": code}
        raise click.ClickException(
            _("There is no framework %(code)s; `stocktake framework list` names them.") % told
        )
    elements = queries.elements_of(code)
    if as_json:
        rows = [
            {
                "code": each.qualified_code,
                "broader": each.parent,
                "name": each.names.best(language).text,
            }
            for each in elements
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for each in elements:
        indent = "  " * len(each.ancestors)
        click.echo(f"{indent}{each.code:<16} {each.names.best(language).text}")


def _show_element(code: str, language: str, as_json: bool) -> None:
    element = queries.element(code)
    if element is None:
        raise click.ClickException(_("There is no element %(code)s.") % {"code": code})
    links = [
        {
            "relation": link.relation.value,
            "element": link.element.public_id,
            "name": link.element.names.best(language).text,
            "source": link.source,
        }
        for link in queries.mappings_of(code)
    ]
    if as_json:
        name = element.names.best(language).text
        told = {"code": code, "name": name, "ancestors": element.ancestors, "mappings": links}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{code}  {element.names.best(language).text}")
    for link in links:
        click.echo(f"  {link['relation']:<14} {link['element']:<24} {link['name']}")
