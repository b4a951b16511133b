"""Fixtures of the whole suite: real data beside the project, reference data, people."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("STOCKTAKE_HOME", str(Path(__file__).parent.parent / "var" / "test"))

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Name static files as they are, so that no test needs them collected."""
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the project; without it the test is skipped loudly."""
    if not (SHARED / "data").is_dir():
        told = "REAL INPUT IS ABSENT: ../shared/data is not there, so this test did not run."
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    return SHARED / "data"


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The folder of the two seed documents; without it the test is skipped loudly."""
    if not (SHARED / "seeds").is_dir():
        told = "REAL INPUT IS ABSENT: ../shared/seeds is not there, so this test did not run."
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    return SHARED / "seeds"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Load the reference data once; every test sees it and rolls back what it adds."""
    from stocktake.kernel.common.actors import System
    from tests.reference import load_reference

    with django_db_blocker.unblock():
        load_reference(System("test"))


@pytest.fixture
def system() -> Any:
    """The system as an actor."""
    from stocktake.kernel.common.actors import System

    return System("test")


@pytest.fixture
def anna(db: None) -> Any:
    """Anna of the secretariat, who may do all that the secretariat does."""
    from tests import factories

    return factories.user("anna@example.org", role="secretariat")


@pytest.fixture
def bilal(db: None) -> Any:
    """Bilal, who has an account and no grant."""
    from tests import factories

    return factories.user("bilal@example.org")


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An installation with the sample register, prepared once; copy it, never write to it."""
    from tests import homes

    return homes.make_template(tmp_path_factory.mktemp("sample") / "home", sample=True)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An installation with reference data only, prepared once; copy it, never write to it."""
    from tests import homes

    return homes.make_template(tmp_path_factory.mktemp("empty") / "home", sample=False)


@pytest.fixture
def home(empty_template: Any, tmp_path: Path) -> Any:
    """An installation of its own for one test, with reference data only."""
    from tests import homes

    return homes.copy_of(empty_template, tmp_path / "home")


@pytest.fixture
def sample_home(sample_template: Any, tmp_path: Path) -> Any:
    """An installation of its own for one test, with the sample register."""
    from tests import homes

    return homes.copy_of(sample_template, tmp_path / "home")
