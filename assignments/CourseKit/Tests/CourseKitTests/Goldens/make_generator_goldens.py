#!/usr/bin/env python3
"""Writes GeneratorGoldens.swift: what the generator must draw, made without any Swift.

The raw words come from NumPy's own MT19937 (legacy seeding, RandomState); all conversions are
written out here a second time, in Python integers and double precision, each step of a single
precision formula rounded to float32. Made with Python 3.11 and NumPy 2.4.6.

Use: ./make_generator_goldens.py > GeneratorGoldens.swift
"""
import math

import numpy as np


class Words:
    def __init__(self, seed):
        self.bits = np.random.RandomState(seed & 0xFFFFFFFF)._bit_generator
        self.kept = None

    def u32(self):
        return int(self.bits.random_raw())

    def u64(self):
        high = self.u32()
        return (high << 32) | self.u32()

    def uniform_float(self):
        return (self.u32() % (1 << 24)) / (1 << 24)

    def uniform_double(self):
        return (self.u64() % (1 << 53)) / (1 << 53)

    def integer63(self):
        return self.u64() % (1 << 63)

    def permutation(self, n):
        order = list(range(n))
        for i in range(n - 1):
            other = i + self.u32() % (n - i)
            order[i], order[other] = order[other], order[i]
        return order

    def normals(self, n):
        return self.few(n) if n < 16 else self.many(n)

    def few(self, n):
        values = []
        for _ in range(n):
            if self.kept is not None:
                values.append(self.kept)
                self.kept = None
                continue
            u1, u2 = self.uniform_double(), self.uniform_double()
            radius, angle = math.sqrt(-2 * math.log1p(-u2)), 2 * math.pi * u1
            values.append(radius * math.cos(angle))
            self.kept = radius * math.sin(angle)
        return [float(np.float32(v)) for v in values]

    def many(self, n):
        d = [self.uniform_float() for _ in range(n)]
        for start in range(0, n - n % 16, 16):
            d[start:start + 16] = block(d[start:start + 16])
        if n % 16:
            d[n - 16:] = block([self.uniform_float() for _ in range(16)])
        return d


def block(u):
    def f32(x):
        return float(np.float32(x))
    turn = f32(2 * math.pi)
    radii = [f32(math.sqrt(f32(-2 * f32(math.log(1 - v))))) for v in u[:8]]
    angles = [f32(turn * v) for v in u[8:]]
    return [f32(r * f32(math.cos(a))) for r, a in zip(radii, angles)] + \
        [f32(r * f32(math.sin(a))) for r, a in zip(radii, angles)]


def swift(values):
    lines, line = [], "   "
    for value in values:
        text = f" {value!r},"
        if len(line) + len(text) > 100:
            lines.append(line)
            line = "   "
        line += text
    return "[\n" + "\n".join(lines + [line]) + "\n  ]"


def layer(words, n=100):
    """Slides 17 to 19: x [n] and W [n, n], drawn one after the other."""
    x = np.array(words.normals(n))
    return x, np.array(words.normals(n * n)).reshape(n, n)


def rows():
    """Mean and standard deviation (n - 1) of x, W, z = x W and relu(z), for each scaling."""
    def row(x, w):
        z = x @ w
        return [f(v) for v in (x, w, z, np.maximum(z, 0)) for f in (np.mean, lambda v: np.std(v, ddof=1))]
    words = Words(0)
    x, w = layer(words)
    yield row(x, w)
    yield row(x, w / 10)
    layer(words)
    x, w = layer(words)
    yield row(x, w / math.sqrt(50))


if __name__ == "__main__":
    print("// Written by make_generator_goldens.py; change that, not this.\n")
    print("enum GeneratorGoldens {")
    for name, seed in (("Zero", 0), ("Large", (1 << 40) + 4_000_000_000)):
        w = Words(seed)
        print(f"  static let seed{name}: UInt64 = {seed}")
        print(f"  static let words{name}: [UInt32] = {swift([w.u32() for _ in range(1300)][::100])}")
        w = Words(seed)
        print(f"  static let longWords{name}: [UInt64] = {swift([w.u64() for _ in range(4)])}")
        w = Words(seed)
        print(f"  static let floats{name}: [Float] = {swift([w.uniform_float() for _ in range(6)])}")
        w = Words(seed)
        print(f"  static let doubles{name}: [Double] = {swift([w.uniform_double() for _ in range(6)])}")
        w = Words(seed)
        print(f"  static let integers{name}: [UInt64] = {swift([w.integer63() for _ in range(6)])}")
        w = Words(seed)
        print(f"  static let permutation{name}: [Int] = {swift(w.permutation(37))}")
        print("  /// 3, then 4 (the first of which was kept), 16, 35, and 2 more.")
        w = Words(seed)
        for n in (3, 4, 16, 35, 2):
            print(f"  static let normals{n}{name}: [Double] = {swift(w.normals(n))}")
    print("  /// The slides' layer of 100 units: raw, / sqrt(n), / sqrt(n / 2).")
    print("  static let layerStatistics: [[Double]] = [")
    for r in rows():
        print("   ", swift([round(float(v), 6) for v in r]).replace("\n", "\n  ") + ",")
    print("  ]")
    print("}")
