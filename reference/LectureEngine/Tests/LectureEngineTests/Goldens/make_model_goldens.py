#!/usr/bin/env python3
"""Writes resnet18.safetensors, mixer.safetensors and models.safetensors: PyTorch's gradients.

The first two hold a narrow ResNet-18 and a small Mixer whole, in double precision: weights as
`state.P`, images, labels, logits and loss in training, logits in evaluation before it, every
gradient as `gradient.P` and every buffer after as `after.B`.

models.safetensors holds further models whose weights both sides draw by the recipe (recipe.py):
NAME/loss, NAME/logits and NAME/evaluation, and of every gradient three numbers, NAME/probe.P.

With --published the full-size models of torchvision and timm are probed as well, and their loss
must be that of reference_models.py; published.safetensors is written.

Made with Python 3.11, PyTorch 2.13.0 (CPU), safetensors 0.8.0, torchvision 0.28.0, timm 1.0.31.

Use: pip install torch safetensors [torchvision timm]; ./make_model_goldens.py [--published]
"""
import pathlib
import sys

import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F

import recipe
import reference_models as models

FOLDER = pathlib.Path(__file__).resolve().parent
MADE_WITH = f"PyTorch {torch.__version__}, safetensors {safetensors.__version__}"


def save(name, tensors, made_with=MADE_WITH):
    whole = {key: value.detach().clone().contiguous() for key, value in tensors.items()}
    path = FOLDER / f"{name}.safetensors"
    safetensors.torch.save_file(whole, path, metadata={"made with": made_with})
    path.chmod(0o644)


def run(model, x, loss):
    """Logits in evaluation, then a forward and a backward pass in training."""
    evaluation = model.eval()(x)
    logits = model.train()(x)
    value = loss(logits)
    value.backward()
    return {"evaluation": evaluation, "logits": logits, "loss": value}


def whole(name, model, x, classes):
    recipe.fill(model, seed=1)
    target = recipe.labels(len(x), classes)
    tensors = {"images": x, "labels": target}
    for key, value in model.state_dict().items():
        tensors[f"state.{key}"] = value.clone()
    tensors |= run(model, x, lambda logits: F.cross_entropy(logits, target))
    for key, parameter in model.named_parameters():
        tensors[f"gradient.{key}"] = parameter.grad
    for key, buffer in model.named_buffers():
        tensors[f"after.{key}"] = buffer
    save(name, tensors)


def probed(name, model, shape, classes, loss=F.cross_entropy):
    """The images are drawn after the weights, from the same seed."""
    recipe.fill(model, seed=2)
    x, target = recipe.images(*shape), recipe.labels(shape[0], classes)
    tensors = run(model, x, lambda logits: loss(logits, target))
    for key, parameter in model.named_parameters():
        tensors[f"probe.{key}"] = recipe.probe(parameter.grad)
    for key, buffer in model.named_buffers():
        if buffer.is_floating_point():
            tensors[f"after.{key}"] = recipe.probe(buffer)
    return {f"{name}/{key}": value for key, value in tensors.items()}


def distance_to_own_code(distances, target):
    """LeCun et al. 1998, equation 8: the mean distance to the code of the right digit."""
    return distances.gather(1, target[:, None]).mean()


def narrow():
    torch.manual_seed(0)
    resnet = models.ResNet([2, 2, 2, 2], width=4, classes=7)
    whole("resnet18", resnet, recipe.images(3, 3, 40, 36), 7)
    small = {"image": 12, "patch": 4, "channels": 10, "depth": 2, "classes": 7}
    mixer = models.Mixer(**small, token_hidden=6, channel_hidden=14)
    whole("mixer", mixer, recipe.images(3, 3, 12, 12), 7)


def others():
    resnet = {"width": 8, "classes": 7}
    shape = (3, 3, 40, 36)
    tensors = probed("bn_mlp", models.bn_mlp(), (16, 784), 10)
    tensors |= probed("simple_cnn", models.SimpleCNN(), (4, 3, 32, 32), 10)
    tensors |= probed("modern_lenet", models.ModernLeNet(), (4, 1, 32, 32), 10)
    tensors |= probed("lenet5", models.LeNet5(), (4, 1, 32, 32), 10, distance_to_own_code)
    for shortcut in "projection", "padding", "none":
        basic = models.ResNet([2, 1, 2, 1], shortcut=shortcut, **resnet)
        tensors |= probed(f"basic_{shortcut}", basic, shape, 7)
        bottleneck = models.ResNet([2, 1, 2, 1], bottleneck=True, shortcut=shortcut, **resnet)
        tensors |= probed(f"bottleneck_{shortcut}", bottleneck, shape, 7)
    save("models", tensors)


def published():
    import published_models

    tensors = {}
    for name, theirs, ours, shape in published_models.pairs():
        probes = probed(name, theirs, shape, 1000)
        again = probed(name, ours, shape, 1000)
        assert probes.keys() == again.keys(), name
        for key, value in probes.items():
            torch.testing.assert_close(again[key], value, rtol=1e-9, atol=1e-9, msg=key)
        print(name, "agrees with reference_models.py")
        tensors |= probes
    save("published", tensors, f"{MADE_WITH}, {published_models.VERSIONS}")


torch.set_num_threads(1)
narrow()
others()
if "--published" in sys.argv:
    published()
