"""The only writers of documents; each checks, validates, saves and logs in one transaction."""

from stocktake.domain.documents.services.lineage import write_lineage
from stocktake.domain.documents.services.provision_values import (
    PROVISION_FIELDS,
    provision_values,
)
from stocktake.domain.documents.services.provisions import withdraw_provisions, write_provisions
from stocktake.domain.documents.services.resolving import DocumentRef, resolve_documents
from stocktake.domain.documents.services.symbols import link_to, normal_symbols
from stocktake.domain.documents.services.texts import add_language_version
from stocktake.domain.documents.services.values import FIELDS, values_of
from stocktake.domain.documents.services.writing import (
    create_document,
    create_documents,
    publish_document,
    update_document,
    withdraw_document,
)

__all__ = [
    "FIELDS",
    "PROVISION_FIELDS",
    "DocumentRef",
    "add_language_version",
    "create_document",
    "create_documents",
    "link_to",
    "normal_symbols",
    "provision_values",
    "publish_document",
    "resolve_documents",
    "update_document",
    "values_of",
    "withdraw_document",
    "withdraw_provisions",
    "write_lineage",
    "write_provisions",
]
