from hashlib import sha256

import pytest

from madang.documents.files import canonical_digest, intact, keep_bytes, path_of

CONTENT = b"%PDF-1.7 a paper"


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.FILES = tmp_path / "files"


def test_a_file_is_kept_under_its_hash_and_nothing_else():
    digest = keep_bytes(CONTENT)

    assert digest == sha256(CONTENT).hexdigest()
    assert path_of(digest).read_bytes() == CONTENT
    assert [path.name for path in path_of(digest).parent.iterdir()] == [digest]


def test_the_same_bytes_are_kept_once():
    first = path_of(keep_bytes(CONTENT)).stat()

    assert path_of(keep_bytes(CONTENT)).stat().st_ino == first.st_ino


def test_a_file_that_changed_or_went_is_not_intact():
    digest = keep_bytes(CONTENT)
    assert intact(digest)

    path_of(digest).write_bytes(CONTENT + b" ")
    assert not intact(digest)
    path_of(digest).unlink()
    assert not intact(digest)


def test_a_list_has_one_digest_however_it_was_built():
    assert canonical_digest([{"a": 1, "b": "가"}]) == canonical_digest([{"b": "가", "a": 1}])
    assert canonical_digest([1, 2]) != canonical_digest([2, 1])
