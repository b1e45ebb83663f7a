#!/usr/bin/env python3
"""Makes the corpora that fuzzing starts from: small inputs, sound ones and some that are damaged.

    make_corpora.py

Each reader has a folder here with the name of its target in `Tests/FuzzTests/Targets` and
`Tests/Fuzz/Driver`. None of the inputs is large, slow or harmful to any program: what is new and
found by fuzzing goes into a test of its own. Written from bytes, the same on every machine.
"""

import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
FORWARD, DERIVATION = "Sources/a1/Forward.swift", "Derivation.md"
FILES = {FORWARD: b"let f = 1\n", DERIVATION: b"# D\n"}


def put(target, **inputs):
    folder = os.path.join(HERE, target)
    os.makedirs(folder, exist_ok=True)
    for name, data in inputs.items():
        with open(os.path.join(folder, name.replace("_", "-")), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())


# Answers of the reader of archives


def text(string):
    return struct.pack("<H", len(string.encode())) + string.encode()


def frame(kind, payload=b""):
    return bytes([kind]) + struct.pack("<I", len(payload)) + payload


def entry(path, content=b"", kind=0, origin=0, size=None, other=b""):
    size = len(content) if size is None else size
    return frame(2, struct.pack("<BBQ", kind, origin, size) + text(path) + other + content)


LISTING, LAYOUT = b"chainrule-intake-1\n", frame(1, b"\0\1")
END = frame(6, struct.pack("<4Q", 100, 200, 3, 1))
SOUND = entry("top/" + FORWARD, FILES[FORWARD]) + entry("top/" + DERIVATION, FILES[DERIVATION])


def listing(*frames):
    return LISTING + LAYOUT + b"".join(frames) + END


put(
    "listing",
    sound=listing(SOUND),
    empty=listing(),
    kinds=listing(
        *(entry(f"Sources/a1/K{kind}.swift", kind=kind, size=9) for kind in range(1, 8)),
        entry(FORWARD, kind=8, other=text("other.txt")),
    ),
    origins=listing(SOUND, *(entry(f"Sources/a1/{1 << n}.swift", b"x", origin=1 << n) for n in range(4))),
    ignored=listing(SOUND, *(frame(3, struct.pack("<BQ", n, 2) + text("a") + text("b")) for n in range(6))),
    notes=listing(
        SOUND,
        frame(4, struct.pack("<BQ", 0, 7)),
        frame(4, b"\1"),
        frame(4, b"\2" + text("e") + text("words")),
        frame(4, b"\3" + text("e") + text("f")),
        frame(4, struct.pack("<BQ", 4, 2)),
    ),
    copies=listing(SOUND, entry(FORWARD, b"let f = 2\n")),
    two_assignments=listing(SOUND, entry("Sources/a2/Forward.swift", b"x")),
    failed=listing(SOUND, frame(5, b"\3" + text("words") + text(FORWARD))),
    limit=listing(frame(5, struct.pack("<BBQ", 5, 2, 50000))),
    unsafe=listing(entry("../" + FORWARD, b"x")),
    cut_off=listing(SOUND)[:-9],
    no_end=LISTING + LAYOUT + SOUND,
    long_frame=LISTING + b"\2\xff\xff\xff\xff",
)


def bulk(place, path, name, kind=0, size=3):
    return frame(1, struct.pack("<IBQ", place, kind, size) + text(path) + text(name))


BULK = b"chainrule-bulk-1\n"
put(
    "bulk",
    names=BULK + bulk(0, "a/b.zip", "a/b.zip") + bulk(2, "", "..") + frame(5),
    contents=BULK + frame(2, struct.pack("<I", 0) + b"abc") + frame(3, struct.pack("<I", 1)) + frame(5),
    failed=BULK + frame(4, frame(5, b"\2" + text(""))) + frame(5),
    unsafe=BULK + bulk(0, "/a", "a") + frame(5),
    cut_off=BULK + bulk(0, "a", "a")[:-2],
)

# Archives


def tar(files, form=tarfile.USTAR_FORMAT, extra=()):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as out:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            out.addfile(info, io.BytesIO(data))
        for info in extra:
            out.addfile(info)
    # Without the padding of a whole record: it only makes the input long.
    data = stream.getvalue().rstrip(b"\0")
    return data + b"\0" * (-len(data) % 512 + 1024)


def link(name, to, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mtime = kind, to, 1_700_000_000
    return info


def packed_zip(files, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as out:
        for name, data in files.items():
            out.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), data, method)
    return stream.getvalue()


PLAIN = tar(FILES)
put(
    "archive",
    plain_tar=PLAIN,
    gzip_tar=gzip.compress(PLAIN, mtime=0),
    xz_tar=lzma.compress(PLAIN, preset=0),
    pax_tar=tar({"ä" * 60 + "/" + FORWARD: b"x"}, tarfile.PAX_FORMAT),
    gnu_tar=tar({"n" * 120 + "/" + FORWARD: b"x"}, tarfile.GNU_FORMAT),
    links_tar=tar(FILES, extra=[link("l", "/nowhere"), link("h", FORWARD, tarfile.LNKTYPE)]),
    deflated_zip=packed_zip(FILES),
    stored_zip=packed_zip(FILES, zipfile.ZIP_STORED),
    top_folder_zip=packed_zip({"a1/" + name: data for name, data in FILES.items()}),
    climbing_zip=packed_zip({"../" + FORWARD: b"x", **FILES}),
    cut_off_tar=PLAIN[:900],
    cut_off_gzip=gzip.compress(PLAIN, mtime=0)[:-9],
    cut_off_zip=packed_zip(FILES)[:-30],
    no_archive=b"let f = 1\n",
)

# Objects


def elf(sections):
    """A 64-bit little-endian object: header, names, section headers."""
    names, places = b"\0", []
    for name in sections:
        places.append(len(names))
        names += name.encode() + b"\0"
    places.append(len(names))
    names += b".shstrtab\0"
    start = 64 + len(names)
    header = b"\x7fELF\2\1\1" + b"\0" * 9
    header += struct.pack("<HHIQQQIHHHHHH", 1, 62, 1, 0, 0, start, 0, 64, 0, 0, 64, len(places) + 1, len(places))
    body = b"\0" * 64
    for place in places[:-1]:
        body += struct.pack("<IIQQQQIIQQ", place, 1, 6, 0, 64, 0, 0, 0, 1, 0)
    body += struct.pack("<IIQQQQIIQQ", places[-1], 3, 0, 0, 64, len(names), 0, 0, 1, 0)
    return header + names + body


def with_symbols():
    """The same with a table of two symbols."""
    names = b"\0.symtab\0.strtab\0main\0$s1aBC\0"
    symbols = b"\0" * 24
    for place in (17, 22):
        symbols += struct.pack("<IBBHQQ", place, 0x12, 0, 1, 0, 0)
    start = 64 + len(names) + len(symbols)
    header = b"\x7fELF\2\1\1" + b"\0" * 9
    header += struct.pack("<HHIQQQIHHHHHH", 1, 62, 1, 0, 0, start, 0, 64, 0, 0, 64, 3, 2)
    body = b"\0" * 64
    body += struct.pack("<IIQQQQIIQQ", 1, 2, 0, 0, 64 + len(names), len(symbols), 2, 1, 8, 24)
    body += struct.pack("<IIQQQQIIQQ", 9, 3, 0, 0, 64, len(names), 0, 0, 1, 0)
    return header + names + symbols + body


put(
    "object",
    plain=elf([".text", ".data", "swift5_types"]),
    foreign_section=elf([".text", ".init_array"]),
    symbols=with_symbols(),
    cut_off=elf([".text"])[:-40],
    far_table=elf([".text"])[:40] + b"\xff" * 8 + elf([".text"])[48:],
    no_object=b"\x7fELF",
)

# Events of a judge


def events(*lines):
    return "".join(json.dumps(line) + "\n" for line in lines)


def told(name, **fields):
    return {"told": {"_0": {name: fields}}}


FINISHED = {"finished": {"test": "T.t", "succeeded": True}}
FAILED = {"finished": {"test": "T.t", "succeeded": False}}
TRIALS = {"wrong": 1, "of": 3, "only": "n = 1"}
put(
    "events",
    passed=events({"started": {"test": "T.t"}}, FINISHED),
    values=events(told("wrongValues", what="dX", count=3, of=24, exponent=-2, trials=TRIALS), FAILED),
    finite=events(told("notFinite", what="dX", count=70, of=100), FAILED),
    shape=events(told("wrongShape", what="dX", yours=[2, 3], expected=[3, 2], trials=TRIALS), FAILED),
    pattern=events(told("pattern", what="dX", pattern={"factor": {"factor": "1/n"}}), FAILED),
    threw=events(told("threw", function="f", error="E"), told("didNotThrow", function="f", expected="E"), FAILED),
    mismatch=events(told("threw", function="f", error="f: shapes [2] and [3] do not fit together"), FAILED),
    stub=events(told("notImplemented", function="f", stub="f(_:)"), FAILED),
    remark=events(told("remark", text="words"), told("notRepeatable", function="f"), FAILED),
    issue=events({"issue": {"_0": "a.swift:1: words"}}, {"flagged": {"_0": "words"}}, FAILED),
    awarded=events({"awarded": {"hundredths": 150}}, FAILED),
    ended=events({"workerEnded": {"function": "f"}}, FINISHED),
    bad=events({"badReply": {"function": "f", "reason": "r"}}, FINISHED),
    reply=events(
        {"replied": {"_0": {"function": "f", "values": [1, "nan", "-inf"], "shapes": [[3]], "mustThrow": False}}},
        FAILED,
    ),
    chain=events({"chain": {"_0": {"question": 0, "draws": [[{"shape": [1], "values": [2]}]], "end": "e"}}}, FAILED),
    twice=events(FAILED, FAILED),
    cut_off=events(FAILED)[:-5],
)

# Policies and rosters

put(
    "policy",
    all="""due: 2026-05-01T23:59:59+09:00
late: { per: day, percent: 10, of: earned, graceMinutes: 5, capPercent: 50, closesAfterHours: 96 }
attempts: best
groups: false
extensions: { s1: 48h, s2: 2026-05-04T23:59:59+09:00 }
extra: [{ student: s1, points: 1.5, reason: r }]
bonus: [two]
drop: { lowest: 1, of: [one, two] }
markers: mean
""",
    points="due: 2026-05-01T23:59:59Z\nlate: { per: hour, points: 0.25, unitsIfUnknown: 3 }\n",
    maximum="due: 2026-05-01T23:59:59Z\nlate: { per: day, percent: 5, of: maximum }\n",
    zone="zone: Asia/Tokyo\ndue: 2026-05-01 23:59\n",
    unknown="deu: 2026-05-01\n",
    json='{"due": "2026-05-01T23:59:59Z", "late": {"per": "hour", "percent": 1}}',
    early="due: 0001-01-01T00:00:00Z\nlate: { per: hour, points: 1000000 }\n",
)
put(
    "roster",
    plain="student number,name,email\n03240281,Ada Lovelace,a@b.c\n03240282,山田 太郎,\n",
    moodle="\ufeffIdentifier,Full name,ID number,Email address\nParticipant 12,A B,3,x@y\n",
    canvas="Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"B, A\",7,3,ab,X\n",
    github="identifier,github_username,github_id,name\ns1,hub,1,N\n",
    japanese="学生証番号;氏名;クラス\n1;山田;A\n",
    tabs="login\tname\tgroup\nx\t\"a \"\"b\"\"\"\tg\n",
    formulas="student number,name\n1,=1+1\n2,\"'@x\"\n3,\"\t+1\"\n",
    bare="3240281\r\n3240282\r\n",
    twice="name,email\nA,a@b\nA,c@d\n",
    open_quote='name\n"A\n',
)

# The wire, weights and images


def wire_frame(payload, sequence=1):
    return struct.pack("<IQ", len(payload), sequence) + payload


def wire_text(string):
    return struct.pack("<I", len(string)) + string.encode()


def shape(*sizes):
    return struct.pack(f"<B{len(sizes)}q", len(sizes), *sizes)


def numbers(*values):
    return struct.pack(f"<I{len(values)}q", len(values), *values)


NUMBERS = struct.pack("<6d", 1, -2, 0.5, float("inf"), float("nan"), 1e-300)
put(
    "frames",
    tensor=b"\0" + shape(2, 3) + NUMBERS,
    number=b"\0" + NUMBERS[:8],
    list=b"\0" + numbers(3, 4),
    stub=b"\1\0" + wire_text("f(_:)"),
    mismatch=b"\1\1" + wire_text("matmul") + numbers(2) + numbers(3, 4),
    batch=b"\1\2" + struct.pack("<q", 1),
    other=b"\1\3" + wire_text("words"),
    framed=wire_frame(b"\0" + NUMBERS[:8]) + wire_frame(b"\1\3" + wire_text("e"), 2),
    huge=b"\0" + shape(1 << 31, 1 << 31, 1 << 31),
    negative=b"\0" + shape(-1, -6) + NUMBERS,
    long_text=b"\1\3" + struct.pack("<I", 0xFFFFFFFF),
    long_frame=struct.pack("<IQ", 0xFFFFFFFF, 0),
    cut_off=b"\0" + shape(2, 3) + NUMBERS[:-3],
)


def safetensors(header, data=b""):
    words = header.encode() if isinstance(header, str) else json.dumps(header).encode()
    return struct.pack("<Q", len(words)) + words + data


def tensor(dtype, sizes, begin, end):
    return {"dtype": dtype, "shape": sizes, "data_offsets": [begin, end]}


put(
    "safetensors",
    sound=safetensors({"a": tensor("F32", [2], 0, 8), "b": tensor("F64", [1, 1], 8, 16)}, b"\1" * 16),
    halves=safetensors({"a": tensor("F16", [2], 0, 4), "b": tensor("BF16", [2], 4, 8)}, b"\1" * 8),
    metadata=safetensors({"__metadata__": {"k": "v"}, "a": tensor("I8", [3], 0, 3)}, b"abc"),
    empty=safetensors("{}"),
    nothing_large=safetensors({"a": tensor("F32", [0, 1 << 40], 0, 0)}),
    escapes=safetensors('{"\\ud83e\\udd89\\n":{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":[{"y":null}]}}', b"a"),
    overlap=safetensors({"a": tensor("U8", [2], 0, 2), "b": tensor("U8", [2], 1, 3)}, b"abc"),
    gap=safetensors({"a": tensor("U8", [1], 1, 2)}, b"ab"),
    overflow=safetensors({"a": tensor("F64", [1 << 62, 8], 0, 8)}, b"\0" * 8),
    twice=safetensors('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{}}', b"a"),
    long_header=struct.pack("<Q", 1 << 63) + b"{}",
    cut_off=safetensors({"a": tensor("F32", [2], 0, 8)}, b"\1" * 5),
)
put(
    "idx",
    labels=struct.pack(">II", 0x801, 3) + b"\0\1\2",
    images=struct.pack(">IIII", 0x803, 2, 2, 3) + bytes(range(12)),
    none=struct.pack(">IIII", 0x803, 0, 28, 28),
    huge=struct.pack(">IIII", 0x803, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
    compressed=b"\x1f\x8b\x08",
    foreign=struct.pack(">II", 0x0D01, 3) + b"abc",
    cut_off=struct.pack(">II", 0x801, 9) + b"abc",
)
