"""What was published is kept byte for byte, and what is not it is told."""

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from facilitator.model.review_items import Version
from facilitator.model.session import Session
from facilitator.store.doctor import examine
from facilitator.store.ids import new_id
from facilitator.store.locate import is_store
from facilitator.store.published_files import FOLDER, PublishedError, keep_version, load_version
from facilitator.store.store import Store

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CONTENT = b"# Checkout\r\n\xff\n"
VERSION = Version(id="V1", at=NOW, number=1, profile="company", digest=sha256(CONTENT).hexdigest())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def session(store: Store) -> Session:
    return store.create(Session(id=new_id(), title="Checkout", created=NOW)).session


def test_the_bytes_come_back_as_they_were(store: Store, session: Session) -> None:
    path = keep_version(store.path, session.id, VERSION, ".md", CONTENT)
    assert path == store.path / FOLDER / session.id / f"1-company-{VERSION.digest[:12]}.md"
    assert load_version(store.path, session.id, VERSION) == CONTENT
    before = path.stat().st_mtime_ns
    assert keep_version(store.path, session.id, VERSION, ".md", CONTENT) == path
    assert path.stat().st_mtime_ns == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_git_leaves_the_bytes_alone(store: Store, session: Session) -> None:
    keep_version(store.path, session.id, VERSION, ".md", CONTENT)
    assert (store.path / FOLDER / ".gitattributes").read_text() == "* -text\n"


def test_two_versions_of_one_number_lie_beside_each_other(store: Store, session: Session) -> None:
    other = Version(id="V2", at=NOW, number=1, profile="company", digest=sha256(b"other").hexdigest())
    keep_version(store.path, session.id, VERSION, ".md", CONTENT)
    keep_version(store.path, session.id, other, ".md", b"other")
    assert load_version(store.path, session.id, VERSION) == CONTENT
    assert load_version(store.path, session.id, other) == b"other"


def test_what_is_missing_or_changed_is_told(store: Store, session: Session) -> None:
    with pytest.raises(PublishedError, match=r"version 1 is not in .* sync or copy that folder"):
        load_version(store.path, session.id, VERSION)
    path = keep_version(store.path, session.id, VERSION, ".md", CONTENT)
    path.write_bytes(CONTENT.replace(b"\r\n", b"\n"))
    with pytest.raises(PublishedError, match="is not what was published as version 1: it was changed since"):
        load_version(store.path, session.id, VERSION)
    assert keep_version(store.path, session.id, VERSION, ".md", CONTENT) == path
    assert load_version(store.path, session.id, VERSION) == CONTENT


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_nothing_is_written_or_read_outside_of_the_store(store: Store, session: Session, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (store.path / FOLDER).symlink_to(outside)
    with pytest.raises(PublishedError, match="is a link and no folder"):
        keep_version(store.path, session.id, VERSION, ".md", CONTENT)
    (outside / session.id).mkdir()
    (outside / session.id / f"1-{VERSION.digest[:12]}.md").write_bytes(CONTENT)
    with pytest.raises(PublishedError, match="is not in"):
        load_version(store.path, session.id, VERSION)


@pytest.mark.parametrize("session_id", ["../other", "", "a/b"])
def test_an_id_leads_nowhere_else(store: Store, session: Session, session_id: str) -> None:
    with pytest.raises(PublishedError):
        keep_version(store.path, session_id, VERSION, ".md", CONTENT)
    with pytest.raises(PublishedError):
        load_version(store.path, session_id, VERSION)


def test_a_hostile_profile_and_digest_lead_nowhere_else(store: Store, session: Session) -> None:
    hostile = Version(id="V1", at=NOW, number=1, profile="../../x", digest=VERSION.digest)
    assert keep_version(store.path, session.id, hostile, ".md", CONTENT).parent == store.path / FOLDER / session.id
    for digest in ("", "../x", "*"):
        with pytest.raises(PublishedError, match="does not say what was published"):
            load_version(store.path, session.id, Version(id="V1", at=NOW, number=1, digest=digest))


def test_the_rest_of_the_store_does_not_see_the_folder(store: Store, session: Session) -> None:
    before = store.summaries()
    keep_version(store.path, session.id, VERSION, ".json", b'{"format": {"facilitator": 1}}')
    assert Store(store.path).summaries() == before
    assert is_store(store.path)
    assert not examine(store.path).findings
    trashed = store.delete(session.id)
    assert (store.path / FOLDER / session.id).is_dir()
    assert Store(store.path).summaries() == ()
    assert not examine(store.path).findings
    store.restore(trashed)
    assert store.open(session.id).session == session


def test_a_folder_that_cannot_be_written_is_told(store: Store, session: Session) -> None:
    (store.path / FOLDER).write_text("a file")
    with pytest.raises(PublishedError, match="nothing was published"):
        keep_version(store.path, session.id, VERSION, ".md", CONTENT)
