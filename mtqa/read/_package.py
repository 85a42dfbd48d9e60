"""Opens the zip file that a DOCX is, after a look at what it would cost, and writes one back with some parts changed.

Nothing is extracted to the disk, so the names of members can do no harm.
"""

import io
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mtqa.errors import MtqaError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_BYTES = 256 * 2**20
"""Uncompressed bytes of all members."""
MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Uncompressed bytes to one compressed byte, of a file that is large; Word's own XML stays under 50."""
_LARGE = 16 * 2**20
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATIONS = tuple(
    word.encode(codec) for word in ("<!DOCTYPE", "<!ENTITY") for codec in ("utf-8", "utf-16-le", "utf-16-be")
)
_CUT_OFF = "the file is cut off or broken, save it again in Word"


def open_package(data: bytes, name: str) -> "ZipFile":
    """Return the zip file of a document whose every member has been read once.

    Raises MtqaError for a file that is none, is encrypted, cut off or too large unpacked, or whose XML has a document
    type: no entity is ever expanded and nothing fetched.
    """
    from zipfile import BadZipFile, ZipFile

    if data.startswith(_OLE):
        raise MtqaError(name, "is a Word file before 2007 or has a password; save it as .docx without one")
    try:
        package = ZipFile(io.BytesIO(data))
        members = package.infolist()
        _check_size(members, name)
        for member in members:
            _check_member(package, member, name)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise MtqaError(name, f"is no readable .docx ({str(error)[:80] or 'it ends early'}); {_CUT_OFF}") from None
    return package


def _check_size(members: "list[ZipInfo]", name: str) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise MtqaError(name, f"{len(members):,} parts; a document has {MAX_MEMBERS:,} at most")
    if total > MAX_BYTES or (total > _LARGE and total > MAX_RATIO * packed):
        what = f"{len(members):,} parts of {total:,} bytes packed into {packed:,}"
        raise MtqaError(name, f"{what}; a document has {MAX_BYTES:,} at most and packs less than {MAX_RATIO}-fold")
    if any(member.flag_bits & 1 for member in members):
        raise MtqaError(name, "is encrypted; save it without a password")


def _check_member(package: "ZipFile", member: "ZipInfo", name: str) -> None:
    """Read a member through, so that its size is what it declares and its checksum holds."""
    is_xml = member.filename.lower().endswith((".xml", ".rels"))
    size = 0
    tail = b""
    with package.open(member) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > member.file_size:
                raise MtqaError(name, f"{member.filename} is larger than it says; {_CUT_OFF}")
            if is_xml and any(word in tail + chunk for word in _DECLARATIONS):
                what = f"{member.filename} has a document type; mtqa expands no entities"
                raise MtqaError(name, f"{what}, save the file again in Word")
            tail = chunk[-32:]


def repacked(package: "ZipFile", parts: Mapping[str, bytes]) -> bytes:
    """Return the zip file with the bytes of some parts replaced; order, dates and attributes of all members stay."""
    from copy import copy
    from zipfile import ZipFile

    out = io.BytesIO()
    with ZipFile(out, "w") as new:
        new.comment = package.comment
        for member in package.infolist():
            data = parts.get(member.filename)
            new.writestr(copy(member), package.read(member) if data is None else data)
    return out.getvalue()
