"""Paragraphs of a document as its pages show them: text or summary, verbs, roles, sections."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup, escape

from stocktake.domain.documents.choices import ProvisionRole
from stocktake.domain.documents.models import Citation, Provision
from stocktake.lib.multilingual import Run, Text
from stocktake.web import addresses
from stocktake.web.ask_parts import AskRow, Force
from stocktake.web.documents import presenting, verbs
from stocktake.web.documents.parts import AskLine, Footnote, Para, Section
from stocktake.web.environment import code, listed, run
from stocktake.web.parts import Label, Link, Value

SUB = (ProvisionRole.TASK, ProvisionRole.QUOTED, ProvisionRole.ITEM)
"""What hangs on a paragraph and is shown inside it."""

_UNNAMED = {"para", "preamble"}


def href(provision: Provision) -> str:
    """Give the address of a provision in the page's language; its document must be fetched."""
    return addresses.document(provision.document.address_key, provision.path)


def anchor(path: str) -> str:
    """Give the name of a paragraph inside its page."""
    return path.replace("/", "-").replace(" ", "-")


def called(provision: Provision) -> Markup:
    """Name a paragraph by what it is and its number: "Paragraph 24", "Annex I, paragraph 12"."""
    where, found = _part(provision.path), _number(provision)
    if provision.role == ProvisionRole.PREAMBULAR:
        words = _("Preambular paragraph %(number)s")
    elif provision.role == ProvisionRole.HEADING:
        words = _("Heading %(number)s")
    else:
        words = _("Paragraph %(number)s")
        found = _with_letters(provision) if provision.role in SUB else found
    own = escape(words) % {"number": code(found)}
    if not where:
        return own
    return escape(_("%(part)s, %(paragraph)s")) % {"part": where, "paragraph": own}


def role(provision: Provision) -> str:
    """Say what a provision is in its document."""
    return str(ProvisionRole(provision.role).label)


def shown_text(provision: Provision, language: str) -> tuple[Run | None, bool]:
    """Give what is shown of a provision, and whether it is our summary of it."""
    if provision.text:
        return provision.text.best(language), False
    return (provision.summary.best(language) if provision.summary else None), True


def forces(provision: Provision) -> list[Force]:
    """Give the verbs of a provision, each once, with the force of each."""
    told = dict.fromkeys(
        (int(each.get("force") or 0), str(each.get("lemma") or "")) for each in provision.clauses
    )
    return [verbs.force(force, lemma) for force, lemma in told if lemma]


def citation_values(citations: Iterable[Citation]) -> list[Value]:
    """Give what a provision cites, each with the paragraphs that are meant."""
    return [_cited(each) for each in citations]


def footnotes(provision: Provision, language: str) -> list[Footnote]:
    """Give the footnotes of a provision, as the record holds them."""
    original = provision.text.original if provision.text else "en"
    found = []
    for place, told in enumerate(provision.footnotes, start=1):
        text = told.get("text", "")
        known = Text.from_json(text) if isinstance(text, dict) else Text.of(original, str(text))
        found.append(Footnote(str(told.get("number", place)), known.best(language)))
    return found


def para(
    provision: Provision,
    language: str,
    *,
    lines: Sequence[AskLine] = (),
    asks: Sequence[AskRow] = (),
    children: Sequence[Para] = (),
    change: Value = "",
) -> Para:
    """Show a provision; its document and citations must be fetched."""
    text, is_ours = shown_text(provision, language)
    return Para(
        id=anchor(provision.path),
        path=provision.path,
        number=own_number(provision),
        href=href(provision),
        kind=provision.role,
        role=role(provision),
        text=text,
        is_ours=is_ours,
        forces=forces(provision),
        footnotes=footnotes(provision, language),
        citations=citation_values(provision.citations.all()),
        lines=lines,
        asks=asks,
        children=children,
        change=change,
        is_withdrawn=provision.is_withdrawn,
    )


def sections(
    provisions: Sequence[Provision],
    language: str,
    *,
    lines: Mapping[int, Sequence[AskLine]],
    changes: Mapping[int, Value],
) -> list[Section]:
    """Set the provisions of a document in order under their headings, sub-paragraphs inside."""
    below: dict[int | None, list[Provision]] = {}
    known = {each.pk for each in provisions}
    for each in provisions:
        above = each.parent_id if each.role in SUB and each.parent_id in known else None
        below.setdefault(above, []).append(each)

    def shown(provision: Provision) -> Para:
        return para(
            provision,
            language,
            lines=lines.get(provision.pk, ()),
            children=[shown(child) for child in below.get(provision.pk, ())],
            change=changes.get(provision.pk, ""),
        )

    found: list[Section] = []
    key: Any = None
    group: list[Provision] = []
    for each in [*below.get(None, ()), None]:
        told = _heading(each) if each is not None else object()
        if group and told != key:
            found.append(_section(group, len(found), shown))
            group = []
        key = told
        if each is not None:
            group.append(each)
    return found


def languages_shown(provisions: Sequence[Provision], language: str) -> str:
    """Name the one other language that paragraphs are shown in, if it is one for all of them."""
    tags = set()
    for each in provisions:
        text, _is_ours = shown_text(each, language)
        if text is not None:
            tags.add(text.language if text.is_fallback else "")
    (only,) = tags if len(tags) == 1 else ("",)
    return only


def _section(group: Sequence[Provision], place: int, shown: Callable[[Provision], Para]) -> Section:
    first, last = group[0], group[-1]
    title: Label = first.section or ""
    part = _part(first.path)
    if first.role == ProvisionRole.PREAMBULAR and not title:
        title = _("Preamble")
    if part:
        title = Markup("{}: {}").format(part, label_of(title)) if title else part
    numbers = [_number(each) for each in (first, last)]
    is_numbered = first.role in (ProvisionRole.OPERATIVE, ProvisionRole.NUMBERED)
    span = ""
    if is_numbered and title:
        told = {"first": numbers[0], "last": numbers[1]}
        span = (
            _("paragraphs %(first)s to %(last)s") % told
            if len(group) > 1
            else _("paragraph %(first)s") % told
        )
    return Section(f"section-{place + 1}", title, [shown(each) for each in group], span)


def _heading(provision: Provision) -> tuple[str, bool, str]:
    is_preamble = provision.role == ProvisionRole.PREAMBULAR
    return (_part(provision.path), is_preamble, str(provision.section or ""))


def _part(path: str) -> str:
    """Name the annex or part that a path begins with; nothing for the main text."""
    segments = path.split("/")
    if segments[0] in _UNNAMED:
        return ""
    if segments[0] == "annex":
        numbered = len(segments) > 1 and segments[1] not in _UNNAMED
        if not numbered:
            return pgettext("part of a document", "Annex")
        return pgettext("part of a document", "Annex %(number)s") % {"number": segments[1]}
    return pgettext("part of a document", "Part %(number)s") % {"number": segments[0]}


def _number(provision: Provision) -> str:
    return provision.number.strip().rstrip(".") or provision.path.rsplit("/", 1)[-1]


def label_of(label: Label) -> str:
    """Write a label with its language marked."""
    return run(label) if isinstance(label, Text) else label


def own_number(provision: Provision) -> str:
    """Give the number as it stands before the paragraph: `24`, `(a)`."""
    number = _number(provision)
    if provision.role not in SUB:
        return number
    last = provision.path.rsplit("/", 1)[-1]
    return f"({last})"


def _with_letters(provision: Provision) -> str:
    """Give number and letters of a sub-paragraph: `20 (a)`, `20 (a) (i)`."""
    _before, _para, rest = f"/{provision.path}".rpartition("/para/")
    first, *letters = rest.split("/")
    return " ".join([first, *(f"({letter})" for letter in letters)])


def _cited(citation: Citation) -> Value:
    target = presenting.link(citation.cited)
    if not citation.paragraphs:
        return target
    told = {
        "document": run(target.label) if isinstance(target.label, Text) else target.label,
        "paragraphs": listed(code(str(each)) for each in citation.paragraphs),
    }
    if len(citation.paragraphs) == 1:
        label = escape(_("%(document)s, paragraph %(paragraphs)s")) % told
    else:
        label = escape(_("%(document)s, paragraphs %(paragraphs)s")) % told
    return Link(label, f"{target.href}#para-{citation.paragraphs[0]}")
