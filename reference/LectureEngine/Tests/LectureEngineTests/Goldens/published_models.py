"""Full-size models as others have written them: torchvision's ResNets and timm's Mixer."""
import torch

# On a machine without a GPU, torchvision's own operators cannot be loaded; no model here needs one.
_register = torch.library.register_fake


def _register_what_is_there(operator, *rest, **options):
    if str(operator).startswith("torchvision::"):
        return lambda function: function
    return _register(operator, *rest, **options)


torch.library.register_fake = _register_what_is_there

import timm  # noqa: E402
import torchvision  # noqa: E402

import reference_models as models  # noqa: E402

VERSIONS = f"torchvision {torchvision.__version__}, timm {timm.__version__}"


def pairs():
    """Name, the published model, our own PyTorch version of it, the shape of the images."""
    small, large = (2, 3, 64, 64), (1, 3, 224, 224)
    for depth, blocks in (18, [2, 2, 2, 2]), (34, [3, 4, 6, 3]):
        theirs = getattr(torchvision.models, f"resnet{depth}")()
        yield f"resnet{depth}", theirs, models.ResNet(blocks), small
    for depth, blocks in (50, [3, 4, 6, 3]), (101, [3, 4, 23, 3]), (152, [3, 8, 36, 3]):
        theirs = getattr(torchvision.models, f"resnet{depth}")()
        yield f"resnet{depth}", theirs, models.ResNet(blocks, bottleneck=True), small
    for size, widths in ("s16", (512, 8, 256, 2048)), ("b16", (768, 12, 384, 3072)):
        theirs = timm.create_model(f"mixer_{size}_224")
        yield f"mixer_{size}", theirs, models.Mixer(224, 16, *widths, 1000), large
