"""The one style sheet of the site, joined from one file a component in the order of a list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES = Path(__file__).parent / "static" / "css"
BUNDLE = "css/site.css"


def joined_styles() -> str:
    """Give the text of the site's style sheet."""
    names = (STYLES / "order.txt").read_text(encoding="utf-8").split()
    parts = ((STYLES / name).read_text(encoding="utf-8").strip() for name in names)
    return "\n".join(parts) + "\n"


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Adds the joined style sheet to what is collected, then names files by content."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if not options.get("dry_run"):
            self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(joined_styles().encode()))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, *args, **options)
