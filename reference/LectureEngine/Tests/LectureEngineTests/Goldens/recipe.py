"""Weights and images that Swift can draw again, bit for bit, so that no file has to hold them.

Only uniform numbers are used: PyTorch's and CourseKit's generator agree in every bit of them, and
all that is done to them is exact in double precision.
"""
import torch


def uniform(shape):
    """Numbers in [-1/2, 1/2) with 24 bits."""
    return torch.rand(shape, dtype=torch.float32).double() - 0.5


def largest_scale(fan_in):
    """The largest power of two s with s² fan_in <= 24, so that a layer keeps its scale."""
    s = 4.0
    while s * s * fan_in > 24:
        s /= 2
    return s


def value(name, shape):
    if len(shape) >= 2:
        fan_in = 1
        for extent in shape[1:]:
            fan_in *= extent
        return uniform(shape) * largest_scale(fan_in)
    if name.endswith("weight"):
        return 1 + uniform(shape) / 2
    if name.endswith("running_var"):
        return 1 + uniform(shape)
    return uniform(shape) / 2


def fill(module, seed):
    """Gives every parameter and every real buffer its value, in the order of the names' bytes."""
    torch.manual_seed(seed)
    state = module.state_dict()
    for name in sorted(state, key=lambda name: name.encode()):
        if state[name].is_floating_point():
            state[name] = value(name, state[name].shape)
    module.double().load_state_dict(state)


def images(*shape):
    """Uniform in [-2, 2)."""
    return uniform(shape) * 4


def labels(count, classes):
    return torch.tensor([(7 * i + 3) % classes for i in range(count)])


def probe(value):
    """Three numbers that no wrong entry leaves alone: along a random direction, sum, square sum.

    The direction is drawn after a seed of its own, so that the order of the probes is free.
    """
    torch.manual_seed(1)
    direction = uniform(value.shape)
    return torch.stack([(value * direction).sum(), value.sum(), (value * value).sum()])
