"""Documents by symbol, their texts by language, provisions, citations and ancestry."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from stocktake.domain.documents.choices import (
    DocumentState,
    DocumentStatus,
    LineageRelation,
    Origin,
    ProvisionRole,
)
from stocktake.kernel.accounts.queries import sees_everything
from stocktake.kernel.common.fields import TranslatedField
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.terms import partial_date


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, and which of them someone may see."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(state=DocumentState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see; `rules.is_visible` is the same rule for one record."""
        return self if sees_everything(user) else self.published()


class Document(Record):
    """A document of the process: a resolution, report, decision, contribution.

    `symbol` is the first of its normalised symbols (`E/RES/2010/2`), empty where it has none;
    joint documents have several, all in `DocumentSymbol`. Dates are partial. Codes are of the
    codelists `document_type`, `document_body` and `language`. `title` is its name; `summary` is in
    our own words. A stub is known from citations only. `previous` is the text that came before it
    in the same line, such as last year's resolution.
    """

    kind: ClassVar[str] = "document"
    id_prefix: ClassVar[str] = "D"

    symbol = models.CharField(max_length=120, blank=True)
    title = TranslatedField()
    summary = TranslatedField()
    type = models.CharField(max_length=40, blank=True)
    body = models.CharField(max_length=60, blank=True)
    session = models.CharField(max_length=120, blank=True)
    meeting = models.CharField(max_length=120, blank=True)
    date = models.CharField(max_length=10, blank=True, validators=[partial_date])
    agenda_item = models.CharField(max_length=120, blank=True)
    presented_by = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=300, blank=True)
    languages = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=20, choices=DocumentStatus.choices, blank=True)
    is_stub = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="following"
    )
    events = models.JSONField(default=list, blank=True)
    decisions = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.ENTRY)
    source_name = models.CharField(max_length=500, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    state = models.CharField(
        max_length=20,
        choices=DocumentState.choices,
        default=DocumentState.PUBLISHED,
        db_index=True,
    )
    sort_key = models.CharField(max_length=300, blank=True, db_index=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.symbol or str(self.title) or self.public_id

    @property
    def address_key(self) -> str:
        """What stands for the document in addresses: its symbol, else its identifier."""
        return self.symbol or self.public_id


class DocumentSymbol(models.Model):
    """One symbol of a document, normalised; no two documents share one.

    `key` is the symbol as it is looked up, whatever its case, dashes and spaces
    (`queries.symbol_key`).
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="symbols")
    symbol = models.CharField(max_length=120)
    key = models.CharField(max_length=120, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.symbol


class LanguageVersion(models.Model):
    """The official text in one language as a file gave it; `content` is that file, compressed.

    `text` is what was read of it, `sha256` the checksum of the file.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=10)
    url = models.URLField(max_length=1000, blank=True)
    file_name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    content = models.BinaryField(default=bytes, blank=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="one_text_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.language}"


class ProvisionQuerySet(models.QuerySet["Provision"]):
    """Provisions, and which of them someone may see: those of visible documents."""

    def published(self) -> Self:
        """Only what everybody may see."""
        return self.filter(document__state=DocumentState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Only what a person may see; `rules.is_visible` is the same rule for one record."""
        return self if sees_everything(user) else self.published()


class Provision(Record):
    """One paragraph of a document, with a path that is its permalink.

    `path` reads `para/24`, `para/20/a`, `preamble/3`, `annex/I/para/12`; `number` is as printed.
    `summary` says in our own words what it says; `text` is the official text, empty until it is
    loaded. `clauses` lists `{verb, lemma, modifiers, force, position}`, `force` is the greatest of
    them, 0 to 4. `section` is
    the heading it stands under.
    """

    kind: ClassVar[str] = "provision"
    id_prefix: ClassVar[str] = "P"

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="provisions", db_index=False
    )
    path = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20, choices=ProvisionRole.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    section = TranslatedField()
    summary = TranslatedField()
    text = TranslatedField()
    footnotes = models.JSONField(default=list, blank=True)
    clauses = models.JSONField(default=list, blank=True)
    force = models.PositiveSmallIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "path"], name="one_provision_a_path"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.path}"


class Citation(models.Model):
    """That a document cites another, in a provision where it is known which.

    `paragraphs` are those cited, expanded (`["68", "69"]`). Both ways of the graph are read here.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    provision = models.ForeignKey(
        Provision, null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    cited = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="cited_by")
    paragraphs = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["document", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "provision", "cited"], name="cited_once_a_provision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} cites {self.cited_id}"


class Lineage(models.Model):
    """That a provision continues one of an earlier document of the same line.

    `similarity` is the share of words they have in common, 0 to 1; it is found by the alignment of
    `lib.resolutions` or stated by a person (`is_stated`).
    """

    earlier = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="descendants")
    later = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="ancestors")
    relation = models.CharField(max_length=20, choices=LineageRelation.choices)
    is_due_moved = models.BooleanField(default=False)
    similarity = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    is_stated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="one_lineage_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} after {self.earlier_id}"
