"""The lecture's models in PyTorch, written from the papers and the slides, with narrow variants."""
import torch
import torch.nn.functional as F
from torch import nn


def bn_mlp(width=500, hidden=4, inputs=784, classes=10):
    """S26: no bias before batch norm, no activation at the end."""
    layers, last = [], inputs
    for _ in range(hidden):
        layers += [nn.Linear(last, width, bias=False), nn.BatchNorm1d(width), nn.ReLU()]
        last = width
    return nn.Sequential(*layers, nn.Linear(last, classes))


class SimpleCNN(nn.Module):
    """S44."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class ModernLeNet(nn.Module):
    """LeNet-5 as it is usually drawn today: full connection, plain average pooling, tanh."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.conv1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


def squash(a):
    return 1.7159 * torch.tanh(2 / 3 * a)


class Subsampling(nn.Module):
    """The sum of four, times a coefficient, plus a bias; one of each for every map."""

    def __init__(self, maps):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(maps)), nn.Parameter(torch.zeros(maps))

    def forward(self, x):
        total = x[..., ::2, ::2] + x[..., 1::2, ::2] + x[..., ::2, 1::2] + x[..., 1::2, 1::2]
        return total * self.weight[:, None, None] + self.bias[:, None, None]


# LeCun et al. 1998, table I, column by column.
TABLE = [
    [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
    [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
    [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
]  # fmt: skip


class TableConvolution(nn.Module):
    """A filter for each connection of the table, in the table's order."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(sum(map(len, TABLE)), 5, 5))
        self.bias = nn.Parameter(torch.zeros(len(TABLE)))

    def forward(self, x):
        maps, first = [], 0
        for number, inputs in enumerate(TABLE):
            filters = self.weight[None, first : first + len(inputs)]
            maps.append(F.conv2d(x[:, inputs], filters, self.bias[number : number + 1]))
            first += len(inputs)
        return torch.cat(maps, dim=1)


class RadialBasis(nn.Module):
    """The squared distance to each class's code; the codes are not trained."""

    def __init__(self, inputs, classes):
        super().__init__()
        self.register_buffer("weight", torch.zeros(classes, inputs))

    def forward(self, x):
        return ((x[:, None, :] - self.weight) ** 2).sum(dim=2)


class LeNet5(nn.Module):
    """LeCun et al. 1998, figure 2."""

    def __init__(self):
        super().__init__()
        self.c1, self.s2, self.c3 = nn.Conv2d(1, 6, 5), Subsampling(6), TableConvolution()
        self.s4, self.c5, self.f6 = Subsampling(16), nn.Conv2d(16, 120, 5), nn.Linear(120, 84)
        self.output = RadialBasis(84, 10)

    def forward(self, x):
        x = squash(self.s2(squash(self.c1(x))))
        x = squash(self.s4(squash(self.c3(x))))
        x = squash(self.f6(squash(self.c5(x)).flatten(1)))
        return self.output(x)


class Shortcut(nn.Module):
    """Every second pixel, and channels of zeros behind the others: no parameters."""

    def __init__(self, channels, stride):
        super().__init__()
        self.channels, self.stride = channels, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.channels - x.shape[1]))


class Block(nn.Module):
    def __init__(self, inputs, width, stride, bottleneck, shortcut):
        super().__init__()
        outputs = 4 * width if bottleneck else width
        if bottleneck:
            self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width)
            self.conv2 = nn.Conv2d(width, width, 3, stride, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(width)
            self.conv3, self.bn3 = nn.Conv2d(width, outputs, 1, bias=False), nn.BatchNorm2d(outputs)
        else:
            self.conv1 = nn.Conv2d(inputs, width, 3, stride, padding=1, bias=False)
            self.bn1 = nn.BatchNorm2d(width)
            self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(width)
        self.bottleneck, self.downsample = bottleneck, None
        changes = stride != 1 or inputs != outputs
        if changes and shortcut == "projection":
            projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection, nn.BatchNorm2d(outputs))
        elif changes and shortcut == "padding":
            self.downsample = Shortcut(outputs, stride)
        self.has_shortcut = shortcut != "none"

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.bottleneck:
            out = self.bn3(self.conv3(F.relu(out)))
        if self.has_shortcut:
            out = out + (x if self.downsample is None else self.downsample(x))
        return F.relu(out)


class ResNet(nn.Module):
    """He et al. 2016, table 1."""

    def __init__(self, blocks, bottleneck=False, shortcut="projection", width=64, classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        inputs = width
        for stage, count in enumerate(blocks):
            stage_width, made = width << stage, []
            for number in range(count):
                stride = 2 if stage > 0 and number == 0 else 1
                made.append(Block(inputs, stage_width, stride, bottleneck, shortcut))
                inputs = stage_width * (4 if bottleneck else 1)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*made))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, padding=1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean(dim=(2, 3)))


class Mlp(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(inputs, hidden), nn.Linear(hidden, inputs)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class MixerBlock(nn.Module):
    def __init__(self, tokens, channels, token_hidden, channel_hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(channels, eps=1e-6)
        self.mlp_tokens = Mlp(tokens, token_hidden)
        self.norm2 = nn.LayerNorm(channels, eps=1e-6)
        self.mlp_channels = Mlp(channels, channel_hidden)

    def forward(self, x):
        x = x + self.mlp_tokens(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.mlp_channels(self.norm2(x))


class Stem(nn.Module):
    def __init__(self, channels, patch):
        super().__init__()
        self.proj = nn.Conv2d(3, channels, patch, stride=patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class Mixer(nn.Module):
    """Tolstikhin et al. 2021, figure 1; names as in timm."""

    def __init__(self, image, patch, channels, depth, token_hidden, channel_hidden, classes):
        super().__init__()
        self.stem, tokens = Stem(channels, patch), (image // patch) ** 2
        self.blocks = nn.Sequential(
            *(MixerBlock(tokens, channels, token_hidden, channel_hidden) for _ in range(depth))
        )
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.head = nn.Linear(channels, classes)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.stem(x))).mean(dim=1))
