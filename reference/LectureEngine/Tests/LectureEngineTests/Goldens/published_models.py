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
    yield "resnet18", torchvision.models.resnet18(), models.ResNet([2, 2, 2, 2]), small
    resnet50 = models.ResNet([3, 4, 6, 3], bottleneck=True)
    yield "resnet50", torchvision.models.resnet50(), resnet50, small
    mixer = models.Mixer(224, 16, 512, 8, 256, 2048, 1000)
    yield "mixer_s16", timm.create_model("mixer_s16_224"), mixer, large
