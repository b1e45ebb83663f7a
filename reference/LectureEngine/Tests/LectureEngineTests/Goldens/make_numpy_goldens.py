#!/usr/bin/env python3
"""Writes numpy.safetensors and cifar10.bin: what PyTorch has no layer and no reader for.

rbf/...     the radial basis functions of LeNet-5, as a case of make_layer_goldens.py. The gradients
            are complex steps, Im f(x + ih) / h, so no derivative has been worked out by hand.
cifar10/... three images that cifar10.bin holds in the published binary format: a byte for the label,
            then 1,024 bytes each of red, green and blue; and what they are once normalized.

Made with Python 3.11, NumPy 2.4.6 and safetensors 0.8.0; the file says so itself.

Use: pip install numpy safetensors; ./make_numpy_goldens.py [FOLDER]
"""
import pathlib
import sys

import numpy
import safetensors
import safetensors.numpy

MADE_WITH = f"NumPy {numpy.__version__}, safetensors {safetensors.__version__}"
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
FOLDER = FOLDER if FOLDER.is_dir() else FOLDER.parent
STEP = 1e-30


def distances(x, centers):
    """LeCun et al. 1998, equation 7."""
    return ((x[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)


def complex_steps(function, value):
    """The gradient of a sum, entry by entry, exact to the last bit or so."""
    gradient = numpy.zeros_like(value)
    for place in numpy.ndindex(*value.shape):
        moved = value.astype(complex)
        moved[place] += 1j * STEP
        gradient[place] = function(moved).imag / STEP
    return gradient


def rbf(random):
    x, centers = random.normal(size=(4, 7)), random.normal(size=(5, 7))
    cotangent = random.normal(size=(4, 5))
    return {
        "rbf/state.weight": centers,
        "rbf/input": x,
        "rbf/output": distances(x, centers),
        "rbf/dOutput": cotangent,
        "rbf/dInput": complex_steps(lambda x: (distances(x, centers) * cotangent).sum(), x),
        "rbf/gradient.weight": complex_steps(
            lambda centers: (distances(x, centers) * cotangent).sum(), centers
        ),
    }


def cifar10(random):
    labels = numpy.array([6, 0, 9], dtype=numpy.uint8)
    pixels = random.integers(0, 256, size=(3, 3, 32, 32), dtype=numpy.uint8)
    records = numpy.concatenate([labels[:, None], pixels.reshape(3, -1)], axis=1)
    (FOLDER / "cifar10.bin").write_bytes(records.tobytes())
    mean = numpy.array([0.4914, 0.4822, 0.4465], dtype=numpy.float32)[:, None, None]
    deviation = numpy.array([0.2470, 0.2435, 0.2616], dtype=numpy.float32)[:, None, None]
    normalized = (pixels.astype(numpy.float32) / numpy.float32(255) - mean) / deviation
    assert normalized.dtype == numpy.float32
    return {"cifar10/labels": labels.astype(numpy.int64), "cifar10/images": normalized}


random = numpy.random.default_rng(0)
tensors = rbf(random) | cifar10(random)
safetensors.numpy.save_file(
    tensors, FOLDER / "numpy.safetensors", metadata={"made with": MADE_WITH}
)
