#!/usr/bin/env python3
"""Makes the subset of MNIST in this folder from the four full files.

    python3 make_subset.py FOLDER

FOLDER holds the full files, compressed (.gz) or not. Of each digit the first 500 of the training
file and the first 100 of the test file are taken, in the order in which they stand there.
"""

import gzip
import hashlib
import pathlib
import struct
import sys

FILES = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
IMAGE_BYTES = 28 * 28


def read(folder, name):
    packed = folder / (name + ".gz")
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    found = hashlib.md5(data).hexdigest()
    if found != FILES[name]:
        sys.exit(f"{name}: MD5 {found}, the published file has {FILES[name]}")
    return data


def first_of_each(labels, count):
    seen = [0] * 10
    chosen = []
    for index, label in enumerate(labels):
        if seen[label] < count:
            seen[label] += 1
            chosen.append(index)
    return chosen


def make(source, target, part, count):
    images = read(source, f"{part}-images-idx3-ubyte")[16:]
    labels = read(source, f"{part}-labels-idx1-ubyte")[8:]
    chosen = first_of_each(labels, count)
    pixels = b"".join(images[i * IMAGE_BYTES : (i + 1) * IMAGE_BYTES] for i in chosen)
    header = struct.pack(">IIII", 0x803, len(chosen), 28, 28)
    (target / f"{part}-images-idx3-ubyte").write_bytes(header + pixels)
    header = struct.pack(">II", 0x801, len(chosen))
    (target / f"{part}-labels-idx1-ubyte").write_bytes(header + bytes(labels[i] for i in chosen))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parent
    make(source, target, "train", 500)
    make(source, target, "t10k", 100)
