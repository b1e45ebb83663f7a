#!/usr/bin/env python3
"""Writes layers.safetensors and format.safetensors: what PyTorch computes for each layer.

A case NAME of layers.safetensors is a forward and a backward pass in double precision:
  NAME/input, NAME/output            the forward pass
  NAME/dOutput, NAME/dInput          the backward pass, along a random cotangent
  NAME/state.P, NAME/gradient.P      every parameter and buffer before, every gradient
  NAME/after.B                       every buffer after
format.safetensors has a tensor of every type that weights come in, under awkward names.

Made with Python 3.11, PyTorch 2.13.0 (CPU) and safetensors 0.8.0; each file says so itself.

Use: pip install torch safetensors; ./make_layer_goldens.py [FOLDER]
"""
import pathlib
import sys

import safetensors
import safetensors.torch
import torch
from torch import nn

MADE_WITH = f"PyTorch {torch.__version__}, safetensors {safetensors.__version__}"
FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
FOLDER = FOLDER if FOLDER.is_dir() else FOLDER.parent

tensors = {}


def normal(*shape):
    return torch.randn(shape, dtype=torch.float64)


def record(name, value):
    assert name not in tensors, name
    tensors[name] = value.detach().clone().contiguous()


def randomize(module):
    """Parameters and buffers that no default could stand in for."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(normal(*parameter.shape) * 0.5)
        for name, buffer in module.named_buffers():
            if buffer.is_floating_point():
                buffer.copy_(normal(*buffer.shape))
            if name.endswith("running_var"):
                buffer.copy_(buffer.abs() + 0.5)


def case(name, module, x):
    """One forward and backward pass through a module, in the mode that it is in."""
    module.double()
    randomize(module)
    for key, value in module.state_dict().items():
        record(f"{name}/state.{key}", value)
    leaf = x.clone().requires_grad_()
    output = module(leaf)
    # A loss is a number; what comes back from it is its own gradient.
    cotangent = normal(*output.shape) if output.shape else torch.ones_like(output)
    output.backward(cotangent)
    record(f"{name}/input", x)
    record(f"{name}/output", output)
    record(f"{name}/dOutput", cotangent)
    record(f"{name}/dInput", leaf.grad)
    for key, parameter in module.named_parameters():
        record(f"{name}/gradient.{key}", parameter.grad)
    for key, buffer in module.named_buffers():
        record(f"{name}/after.{key}", buffer)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def linear():
    case("linear", nn.Linear(3, 5), normal(4, 3))
    case("linear_without_bias", nn.Linear(3, 5, bias=False), normal(4, 3))
    case("linear_of_sequences", nn.Linear(3, 5), normal(2, 4, 3))


def activations():
    wide = torch.tensor([-750.0, -40.0, -8.0, -3.0, -1e-3, 1e-3, 3.0, 8.0, 40.0, 750.0])
    x = torch.cat([normal(5, 10), wide.double()[None, :]])
    case("relu", nn.ReLU(), x)
    case("leaky_relu", nn.LeakyReLU(0.2), x)
    case("sigmoid", nn.Sigmoid(), x)
    case("tanh", nn.Tanh(), x)
    case("gelu", nn.GELU(), x)
    case("gelu_tanh", nn.GELU(approximate="tanh"), x)
    case("softmax", nn.Softmax(dim=1), torch.cat([normal(4, 5), 1e4 * normal(2, 5)]))


def losses():
    target = torch.tensor([4, 0, 2, 2, 1, 3])
    logits = torch.cat([normal(4, 5), 1e4 * normal(2, 5)])
    for reduction in "mean", "sum":
        loss = nn.CrossEntropyLoss(reduction=reduction)
        case(f"cross_entropy_{reduction}", Function(lambda x: loss(x, target)), logits)
        record(f"cross_entropy_{reduction}/labels", target)
        goal = normal(4, 3)
        loss = nn.MSELoss(reduction=reduction)
        case(f"mse_{reduction}", Function(lambda x: loss(x, goal)), normal(4, 3))
        record(f"mse_{reduction}/target", goal)


def norms():
    features, images = 2 + 3 * normal(6, 4), 2 + 3 * normal(4, 3, 5, 2)
    case("batch_norm_training", nn.BatchNorm1d(4), features)
    case("batch_norm_evaluation", nn.BatchNorm1d(4).eval(), features)
    case("batch_norm_images_training", nn.BatchNorm2d(3), images)
    case("batch_norm_images_evaluation", nn.BatchNorm2d(3).eval(), images)
    case("layer_norm", nn.LayerNorm(7), 2 + 3 * normal(4, 7))
    case("layer_norm_of_sequences", nn.LayerNorm(7), 2 + 3 * normal(2, 3, 7))


def convolutions():
    x = normal(2, 4, 9)
    case("conv1d", nn.Conv1d(4, 6, 3), x)
    case("conv1d_strided", nn.Conv1d(4, 6, 3, stride=2, padding=2, bias=False), x)
    case("conv1d_groups", nn.Conv1d(4, 6, 2, padding=1, groups=2), x)
    case("conv1d_depthwise", nn.Conv1d(4, 4, 3, padding=1, groups=4), x)
    x = normal(2, 4, 8, 7)
    case("conv2d", nn.Conv2d(4, 6, 3), x)
    case("conv2d_without_bias", nn.Conv2d(4, 6, 3, bias=False), x)
    case("conv2d_oblong", nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0)), x)
    case("conv2d_strided", nn.Conv2d(4, 6, 3, stride=2, padding=1), x)
    case("conv2d_big_stride", nn.Conv2d(4, 6, 2, stride=3), x)
    case("conv2d_1x1", nn.Conv2d(4, 6, 1), x)
    case("conv2d_1x1_strided", nn.Conv2d(4, 6, 1, stride=2, bias=False), x)
    case("conv2d_stem", nn.Conv2d(4, 6, 7, stride=2, padding=3, bias=False), x)
    case("conv2d_groups", nn.Conv2d(4, 6, 3, padding=1, groups=2), x)
    case("conv2d_depthwise", nn.Conv2d(4, 4, 3, padding=1, stride=2, groups=4), x)
    case("conv2d_multiplier", nn.Conv2d(4, 8, 3, padding=1, groups=4), x)
    case("conv_transpose2d", nn.ConvTranspose2d(4, 3, 3, bias=False), x)
    case("conv_transpose2d_strided", nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1), x)


def pooling():
    x = normal(2, 3, 8, 7)
    case("max_pool", nn.MaxPool2d(2), x)
    case("max_pool_overlapping", nn.MaxPool2d(3, stride=2, padding=1), x)
    case("avg_pool", nn.AvgPool2d(2), x)
    case("avg_pool_overlapping", nn.AvgPool2d(3, stride=2, padding=1), x)
    case("global_avg_pool", Function(lambda x: x.mean(dim=(2, 3))), x)
    case("flatten", nn.Flatten(), x)
    case("zero_padding", nn.ZeroPad2d((1, 2, 3, 0)), x)
    case("zero_padding_even", nn.ZeroPad2d(2), x)


def optimizer():
    """Three steps each; weight decay and momentum together and alone."""
    start, gradients = normal(3, 4), normal(3, 3, 4)
    record("sgd/start", start)
    record("sgd/gradients", gradients)
    for name, options in {
        "plain": {},
        "momentum": {"momentum": 0.9},
        "decay": {"weight_decay": 0.01},
        "both": {"momentum": 0.9, "weight_decay": 0.01},
    }.items():
        weight = nn.Parameter(start.clone())
        sgd = torch.optim.SGD([weight], lr=0.1, **options)
        steps = []
        for gradient in gradients:
            weight.grad = gradient.clone()
            sgd.step()
            steps.append(weight.detach().clone())
        record(f"sgd/{name}", torch.stack(steps))


def write_format():
    awkward = {
        "f64": torch.tensor(
            [[0.1, -1e300, 5e-324], [float("inf"), 0.0, -0.0]], dtype=torch.float64
        ),
        "f32": torch.tensor([[1.5, -2.25], [0.1, 3e-45], [3.4e38, 0.0]]),
        "f16": torch.tensor([1.5, -65504.0, 6e-8, 0.1]).half(),
        "bf16": torch.tensor([1.5, -3e38, 0.1]).bfloat16(),
        "i64": torch.tensor([7]),
        "flags": torch.tensor([True, False, True]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 3),
        'quote " slash \\ tab \t bell \x07': torch.tensor([1.0]),
        "αβγ 🦉": torch.tensor([2.0]),
    }
    safetensors.torch.save_file(
        awkward, FOLDER / "format.safetensors", metadata={"made with": MADE_WITH}
    )
    same = {key: value for key, value in awkward.items() if value.dtype == torch.float32}
    safetensors.torch.save_file(
        same, FOLDER / "format-f32.safetensors", metadata={"text": 'a "b"\n\tc\x01'}
    )


torch.manual_seed(0)
torch.set_num_threads(1)
for part in linear, activations, losses, norms, convolutions, pooling, optimizer:
    part()
safetensors.torch.save_file(
    tensors, FOLDER / "layers.safetensors", metadata={"made with": MADE_WITH}
)
write_format()
