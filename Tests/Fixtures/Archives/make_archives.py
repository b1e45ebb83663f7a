#!/usr/bin/env python3
"""Makes the archives that IntakeTests reads: hostile, broken and unusual ones.

    make_archives.py FOLDER SECRET

FOLDER receives one file per function below that is marked with @archive, under its name. SECRET is
the path of a file that links in the archives point to; no reader may ever show its content.
Everything is written from bytes, so the script needs nothing but Python's own library.
"""

import bz2
import gzip
import io
import lzma
import os
import struct
import sys
import tarfile
import zipfile
import zlib

FORWARD = "Sources/BatchNorm/Forward.swift"
STEPS = "Sources/BatchNorm/Steps.swift"
DERIVATION = "Derivation.md"
FILES = {
    FORWARD: b"import CourseKit\n\npublic func forward() {}\n",
    STEPS: b"import CourseKit\n\npublic func steps() {}\n",
    DERIVATION: b"# Derivation\n",
}
SECRET = "/nowhere"
ARCHIVES = {}


def archive(name):
    def register(make):
        ARCHIVES[name] = make
        return make

    return register


# Tar


def member(name, kind=tarfile.REGTYPE, size=0, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname, info.mtime = kind, size, link, 1_700_000_000
    return info


def tar(extra=(), files=FILES, before=(), form=tarfile.PAX_FORMAT):
    """A tar of `before`, the files, then `extra`; each is (TarInfo or name, data)."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as out:
        for item, data in [*before, *files.items(), *extra]:
            info = member(item) if isinstance(item, str) else item
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def gz(data, level=6):
    return gzip.compress(data, level, mtime=0)


def entry_header(name, size_field, kind=b"0"):
    """A ustar header with a size field as given, which the library would not write."""
    head = bytearray(512)
    head[0 : len(name)] = name.encode()
    head[100:108] = b"0000644\0"
    head[124:136] = size_field
    head[136:148] = b"14524525000\0"
    head[156:157] = kind
    head[257:265] = b"ustar\x0000"
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def sparse(name):
    """An old GNU sparse file of 1 TiB with ten bytes of data."""
    head = bytearray(entry_header(name, b"00000000012\0", b"S"))
    head[257:265] = b"ustar  \0"
    head[386:398], head[398:410] = b"00000000000\0", b"00000000012\0"
    head[483:495] = b"\x80\0\0\0\0\0" + struct.pack(">Q", 1 << 40)[2:]
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"0123456789".ljust(512, b"\0")


def without_end(data):
    """The tar up to its closing blocks."""
    end = len(data)
    while data[end - 512 : end] == bytes(512):
        end -= 512
    return data[:end]


# Zip


def zipped(extra=(), files=FILES, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as out:
        for item, data in [*files.items(), *extra]:
            out.writestr(item, data)
    return stream.getvalue()


def raw_zip(entries, central=None, trailer=b""):
    """A zip from (name bytes, data, changes), without the care that a library takes.

    `changes` may hold flags, crc, size, method, packed, system, attributes and `central`, the name
    in the table of contents.
    """
    body, table = b"", b""
    for name, data, changes in entries:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = changes.get("packed", packer.compress(data) + packer.flush())
        fields = struct.pack(
            "<HHHHHIIIHH",
            20,
            changes.get("flags", 0),
            changes.get("method", 8),
            0,
            0x21,
            changes.get("crc", zlib.crc32(data)),
            len(packed),
            changes.get("size", len(data)),
            len(name),
            0,
        )
        offset = changes.get("offset", len(body))
        body += b"PK\3\4" + fields + name + packed
        listed = changes.get("central", name)
        table += b"PK\1\2" + bytes([20, changes.get("system", 3)]) + fields[:-4]
        table += struct.pack(
            "<HHHHHII", len(listed), 0, 0, 0, 0, changes.get("attributes", 0o100644 << 16), offset
        )
        table += listed
    count = len(entries)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(table), len(body), 0)
    return body + table + b"PK\5\6" + end + trailer


def plain(files=FILES):
    return [(name.encode(), data, {}) for name, data in files.items()]


def patched(data, old, new, count):
    """Replaces the first `count` places where `old` is; both must be of one length."""
    assert len(old) == len(new) and data.count(old) >= count
    return data.replace(old, new, count)


# Places and kinds


@archive("dotdot.tar.gz")
def _():
    names = ["../evil.txt", "../../evil.txt", "a/../../evil.txt", "..", "Sources/../../" + FORWARD]
    return gz(tar([(name, b"evil") for name in names]))


@archive("absolute.tar.gz")
def _():
    return gz(tar([("/tmp/chainrule-evil", b"evil"), ("//tmp/chainrule-evil", b"evil")]))


@archive("absolute-listed.tar.gz")
def _():
    return gz(tar(files={"/" + name: data for name, data in FILES.items()}))


@archive("backslash-dotdot.zip")
def _():
    names = ["..\\evil.swift", "C:\\evil.swift", "\\evil.swift"]
    return zipped([(name, b"evil") for name in names])


@archive("backslashes.zip")
def _():
    return raw_zip(
        [(("a1\\" + name.replace("/", "\\")).encode(), data, {}) for name, data in FILES.items()]
        + [(b"a1\\empty\\", b"", {"system": 0, "attributes": 0x10})]
        + [(b"a1\\only-by-name\\", b"", {})]
    )


@archive("link-and-through.tar.gz")
def _():
    through = [(member("out", tarfile.SYMTYPE, link=os.path.dirname(SECRET)), b"")]
    return gz(tar([("out/secret", b"overwritten")], before=through))


@archive("link-folder-on-the-way.tar.gz")
def _():
    link = member("Sources", tarfile.SYMTYPE, link=os.path.dirname(SECRET))
    return gz(tar(before=[(link, b"")]))


def with_link(kind):
    files = {name: data for name, data in FILES.items() if name != FORWARD}
    return gz(tar([(member(FORWARD, kind, link=SECRET), b"")], files))


@archive("symlink-listed.tar.gz")
def _():
    return with_link(tarfile.SYMTYPE)


@archive("hardlink-listed.tar.gz")
def _():
    return with_link(tarfile.LNKTYPE)


@archive("fifo-listed.tar.gz")
def _():
    return with_link(tarfile.FIFOTYPE)


@archive("device-listed.tar.gz")
def _():
    return with_link(tarfile.CHRTYPE)


@archive("symlink-listed.zip")
def _():
    link = {"attributes": 0o120777 << 16}
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), SECRET.encode(), link)])


@archive("kinds-unlisted.tar.gz")
def _():
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE]
    return gz(tar([(member(f"x{i}", kind, link=SECRET), b"") for i, kind in enumerate(kinds)]))


@archive("pax-overrides.tar.gz")
def _():
    moved, linked = member("harmless.txt"), member("harmless2.txt", tarfile.SYMTYPE, link="x")
    moved.pax_headers = {"path": "../../evil.txt", "comment": "x"}
    linked.pax_headers = {"linkpath": SECRET}
    return gz(tar([(moved, b"evil"), (linked, b"")]))


@archive("odd-names.tar.gz")
def _():
    names = ["-rf", "--help", "@response", "a b", "~", "$(touch x)", "`x`", "=1+1", "x" * 200]
    return gz(tar([(name, b"x") for name in names]))


@archive("unprintable-names.tar.gz")
def _():
    names = ["\x1b[31mred", "a\nb", "a\u202egpj.swift", "zero\u200bwidth.swift", "a\rb", "\x7f"]
    folder = "Sources/BatchNorm/"
    return gz(tar([(folder + name, b"x") for name in names]))


@archive("nul-name.zip")
def _():
    return raw_zip([*plain(), (b"Sources/BatchNorm/Helper.swift\0.txt", b"x", {})])


@archive("latin-1-names.zip")
def _():
    return raw_zip([*plain(), ("Sources/BatchNorm/Größe.swift".encode("latin-1"), b"x", {})])


@archive("invalid-utf8-flag.zip")
def _():
    return raw_zip([*plain(), (b"caf\xff\xfe.txt", b"x", {"flags": 0x800})])


@archive("deep-and-long.tar.gz")
def _():
    return gz(tar([("d/" * 5000 + "x.swift", b"x"), ("n" * 1_000_000, b"x")]))


@archive("modes.tar.gz")
def _():
    info = member(FORWARD)
    info.mode, info.uid, info.mtime = 0o6777, 4_000_000_000, -1
    info.pax_headers = {"SCHILY.xattr.user.x": "y", "SCHILY.acl.access": "user::rwx", "LIBARCHIVE.x": "y"}
    files = {name: data for name, data in FILES.items() if name != FORWARD}
    return gz(tar([(info, FILES[FORWARD])], files))


# Too much


@archive("100000-entries.tar.gz")
def _():
    empty = entry_header("junk", b"00000000000\0")
    return gz(without_end(tar()) + empty * 100_000 + bytes(1024), 1)


@archive("60000-entries.zip")
def _():
    return zipped([(f"junk/{i}", b"") for i in range(60_000)], method=zipfile.ZIP_STORED)


@archive("bomb.tar.gz")
def _():
    return gz(tar([("zeros", bytes(64 << 20))]), 9)


@archive("bomb.tar.xz")
def _():
    return lzma.compress(tar([("zeros", bytes(64 << 20))]), preset=1)


@archive("bomb-unlisted.zip")
def _():
    return zipped([("zeros", bytes(64 << 20))])


@archive("bomb-listed.zip")
def _():
    return zipped(files={**FILES, FORWARD: bytes(64 << 20)})


@archive("bomb-that-lies.zip")
def _():
    changes = {"size": 100, "crc": zlib.crc32(bytes(100))}
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), bytes(32 << 20), changes)])


@archive("trailing-bomb.tar.gz")
def _():
    return gz(tar() + bytes(64 << 20), 9)


@archive("gzip-30-times.tar.gz")
def _():
    data = tar()
    for _ in range(30):
        data = gz(data)
    return data


@archive("sparse-unlisted.tar.gz")
def _():
    return gz(without_end(tar()) + sparse("huge.bin") + bytes(1024))


@archive("sparse-listed.tar.gz")
def _():
    files = {name: data for name, data in FILES.items() if name != FORWARD}
    return gz(without_end(tar(files=files)) + sparse(FORWARD) + bytes(1024))


@archive("size-2-62.tar.gz")
def _():
    size = b"\x80\0\0\0" + struct.pack(">Q", 1 << 62)
    return gz(without_end(tar()) + entry_header("huge.bin", size) + bytes(2048))


@archive("huge-pax-header.tar.gz")
def _():
    info = member("x.txt")
    info.pax_headers = {"comment": "A" * (8 << 20)}
    return gz(tar([(info, b"x")]))


@archive("endless-longname.tar.gz")
def _():
    return gz(without_end(tar()) + entry_header("././@LongLink", b"17777777777\0", b"L") + bytes(2048))


@archive("file-too-big.tar.gz")
def _():
    return gz(tar(files={**FILES, FORWARD: os.urandom((1 << 20) + 1)}))


@archive("file-too-big-unlisted.tar.gz")
def _():
    return gz(tar([("dump.swift", os.urandom((1 << 20) + 1)), ("x.bin", os.urandom(4 << 20))]))


@archive("65-helpers.tar.gz")
def _():
    return gz(tar([(f"Sources/BatchNorm/H{i}.swift", b"x") for i in range(65)]))


@archive("600-copies.tar.gz")
def _():
    return gz(tar([(f"copy{i}/{FORWARD}", b"%d" % i) for i in range(600)]))


@archive("many-stray-sources.tar.gz")
def _():
    return gz(tar([(f"vendor/x/{i}.swift", b"x") for i in range(3000)]))


@archive("xz-dictionary-4-gib.tar.xz")
def _():
    data = bytearray(lzma.compress(tar(), check=lzma.CHECK_CRC32, preset=0))
    length = (data[12] + 1) * 4
    place = data.index(b"\x21\x01", 12) + 2
    data[place] = 40
    data[12 + length - 4 : 12 + length] = struct.pack("<I", zlib.crc32(data[12 : 12 + length - 4]))
    return bytes(data)


# Broken


@archive("empty")
def _():
    return b""


@archive("empty.tar.gz")
def _():
    return gz(b"")


@archive("no-entries.tar.gz")
def _():
    return gz(bytes(10240))


@archive("no-entries.zip")
def _():
    return b"PK\5\6" + bytes(18)


def big():
    return {**FILES, "Sources/BatchNorm/Table.swift": os.urandom(200_000)}


@archive("truncated-half.tar.gz")
def _():
    data = gz(tar(files=big()))
    return data[: len(data) // 2]


@archive("truncated-trailer.tar.gz")
def _():
    return gz(tar())[:-4]


@archive("truncated-header.tar.gz")
def _():
    return gz(tar())[:7]


@archive("truncated-padding.tar.gz")
def _():
    return gz(tar())[:-40]


@archive("truncated-half.tar.xz")
def _():
    data = lzma.compress(tar(files=big()))
    return data[: len(data) // 2]


@archive("truncated-end.tar.xz")
def _():
    return lzma.compress(tar())[:-6]


@archive("truncated-half.tar")
def _():
    data = tar(files=big())
    return data[: len(data) // 2]


@archive("truncated-half.zip")
def _():
    data = zipped(files=big())
    return data[: len(data) // 2]


@archive("truncated-end.zip")
def _():
    return zipped()[:-5]


@archive("no-end-marker.tar")
def _():
    return without_end(tar())


@archive("bad-checksum.tar.gz")
def _():
    data = bytearray(gz(tar()))
    data[-8] ^= 1
    return bytes(data)


@archive("bad-data.tar.gz")
def _():
    data = bytearray(gz(tar(files=big())))
    data[len(data) // 2] ^= 0x55
    return bytes(data)


@archive("bad-data.tar.xz")
def _():
    data = bytearray(lzma.compress(tar(files=big())))
    data[len(data) // 2] ^= 0x55
    return bytes(data)


@archive("bad-header.tar.gz")
def _():
    data = bytearray(tar())
    place = data.index(STEPS.encode())
    data[place + 3] ^= 1
    return gz(bytes(data))


@archive("bad-crc-listed.zip")
def _():
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), FILES[FORWARD], {"crc": 1})])


@archive("bad-crc-unlisted.zip")
def _():
    return raw_zip([*plain(), (b"x.bin", b"x", {"crc": 1})])


@archive("unknown-method.zip")
def _():
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), FILES[FORWARD], {"method": 99})])


@archive("size-lie.zip")
def _():
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), FILES[FORWARD], {"size": 5})])


@archive("offset-outside.zip")
def _():
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (FORWARD.encode(), FILES[FORWARD], {"offset": 0xFFFF_FFF0})])


@archive("table-outside.zip")
def _():
    data = bytearray(raw_zip(plain()))
    data[-6:-2] = struct.pack("<I", 0x7FFF_FFFF)
    return bytes(data)


@archive("count-lie.zip")
def _():
    data = bytearray(raw_zip(plain()))
    data[-14:-10] = struct.pack("<HH", 40_000, 40_000)
    return bytes(data)


@archive("zip64-loop.zip")
def _():
    data = raw_zip(plain())
    here = len(data) - 22
    large = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**63, 2**63, 2**64 - 1, 2**63)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, here, 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return data[:here] + large + locator + end


@archive("zip64.zip")
def _():
    data = raw_zip(plain())
    here = len(data) - 22
    count, _, size, start = struct.unpack("<HHII", data[here + 8 : here + 20])
    large = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, start)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, here, 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return data[:here] + large + locator + end


# Packed elsewhere


@archive("macos.zip")
def _():
    top = "バッチ正規化/"  # "ッ" and "バ" as macOS writes them: the voicing mark apart
    top = top.replace("バ", "ハ\u3099")
    files = {top + name: data for name, data in FILES.items()}
    extra = [("__MACOSX/" + top + "._Derivation.md", b"\0\5\x16\7"), (top + ".DS_Store", b"\0")]
    return zipped([*extra, (top + "Sources/BatchNorm/._Forward.swift", b"\0\5\x16\7")], files)


@archive("windows-japanese.zip")
def _():
    # The second bytes of these characters are backslashes in code page 932.
    files = {"課題_表/" + name: data for name, data in FILES.items()}
    files["課題_表/Sources/BatchNorm/補助ソ.swift"] = b"// helper\n"
    files["課題_表/表"] = b"a file, though its last byte is a backslash"
    return raw_zip([(name.encode("cp932"), data, {"system": 0}) for name, data in files.items()])


# Two stories


@archive("names-disagree-listed.zip")
def _():
    changes = {"central": FORWARD.encode()}
    files = [entry for entry in plain() if entry[0] != FORWARD.encode()]
    return raw_zip([*files, (b"Sources/BatchNorm/Smuggle.swift", FILES[FORWARD], changes)])


@archive("names-disagree-hidden.zip")
def _():
    changes = {"central": b"readme.txt"}
    return raw_zip([*plain(), (FORWARD.encode(), b"smuggled", changes)])


@archive("names-disagree-unlisted.zip")
def _():
    return raw_zip([*plain(), (b"one.txt", b"x", {"central": b"two.txt"})])


@archive("overlapping-other-name.zip")
def _():
    return raw_zip([*plain(), (b"x.txt", b"", {"central": b"x.txt", "offset": 0})])


@archive("overlapping-same-name.zip")
def _():
    first = plain()[0]
    again = (first[0], first[1], {"offset": 0})
    return raw_zip([*plain(), again])


@archive("twice-same.tar.gz")
def _():
    return gz(tar([(FORWARD, FILES[FORWARD])]))


@archive("twice-different.tar.gz")
def _():
    return gz(tar([(FORWARD, b"other")]))


@archive("twice-different.zip")
def _():
    return raw_zip([*plain(), (FORWARD.encode(), b"other", {})])


@archive("twice-decomposed.tar.gz")
def _():
    folder = "Sources/BatchNorm/"
    return gz(tar([(folder + "Gro\u0308sse.swift", b"1"), (folder + "Gr\u00f6sse.swift", b"2")]))


@archive("case-collision.tar.gz")
def _():
    return gz(tar([(FORWARD.replace("Forward", "forward"), b"other")]))


@archive("file-and-folder.tar.gz")
def _():
    return gz(tar([(STEPS + "/More.swift", b"x")]))


@archive("prefix.zip")
def _():
    return b"#!/bin/sh\nexit\n" + zipped()


@archive("prefix.tar.gz")
def _():
    return b"junk" + gz(tar())


@archive("trailing.zip")
def _():
    return zipped() + b"junk" * 20_000


@archive("trailing.tar.gz")
def _():
    return gz(tar()) + b"junk" * 100


@archive("trailing-inside.tar.gz")
def _():
    return gz(tar() + b"junk" * 100)


@archive("trailing.tar.xz")
def _():
    return lzma.compress(tar()) + b"junk" * 100


@archive("two-zips.zip")
def _():
    return raw_zip(plain()) + raw_zip([(FORWARD.encode(), b"other", {})])


@archive("two-members.tar.gz")
def _():
    data = tar()
    return gz(data[:700]) + gz(data[700:])


# No archive


@archive("text.tar.gz")
def _():
    return "Ich habe die Aufgabe nicht geschafft, すみません。\n".encode() * 40


@archive("mtree.tar")
def _():
    return b"#mtree\n./x type=file contents=" + SECRET.encode() + b"\n"


@archive("lrzip.tar.gz")
def _():
    return b"LRZI\0\6" + bytes(100)


@archive("Forward.swift")
def _():
    return FILES[FORWARD]


@archive("Forward.swift.gz")
def _():
    return gz(FILES[FORWARD])


@archive("report.pdf")
def _():
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@archive("page.html")
def _():
    return b"<!DOCTYPE html><html><body>Please log in</body></html>"


@archive("a1.7z")
def _():
    return b"7z\xbc\xaf\x27\x1c\0\4" + bytes(100)


@archive("a1.rar")
def _():
    return b"Rar!\x1a\7\1\0" + bytes(100)


@archive("a1.tar.bz2")
def _():
    return bz2.compress(tar())


@archive("a1.tar.zst")
def _():
    return b"\x28\xb5\x2f\xfd" + bytes(100)


@archive("noise")
def _():
    return b"\x01\x02\x03" + bytes(range(256)) * 10


@archive("nested.zip")
def _():
    return zipped(files={"submit.tar.gz": gz(tar())})


def main():
    global SECRET
    folder, SECRET = sys.argv[1:]
    for name, make in ARCHIVES.items():
        with open(os.path.join(folder, name), "wb") as out:
            out.write(make())


if __name__ == "__main__":
    main()
