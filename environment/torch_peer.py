"""The peer of bench_engines: the same network in PyTorch, driven like EngineBench.java.

    python torch_peer.py MODE GRAPH WEIGHTS SHAPE...

MODE is "default" (float32, contiguous) or "best" (channels last, bfloat16 autocast, fused Adam);
"gpu" is the best on a card, with cuDNN choosing by trial, and the batch copied there for each step.
GRAPH holds one node per line as Java prints it; WEIGHTS the arrays to start from and the batch.
"""

import json
import re
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core/pipeline/src/test/python"))
from read_weights import read  # noqa: E402

RATE, L2, POWER, EPSILON = 1e-3, 1e-5, 2.5, 1e-5


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, hidden):
        super().__init__()
        self.down, self.up = nn.Linear(channels, hidden), nn.Linear(hidden, channels)

    def forward(self, x):
        scale = torch.sigmoid(self.up(F.relu(self.down(x.flatten(2).mean(2)))))
        return x * scale.reshape(*scale.shape, *[1] * (x.dim() - 2))


def layer(kind, f, three):
    """The module of a node; None for those that join feature maps."""
    number = {k: int(v) for k, v in f.items() if v.isdigit()}
    if kind == "Convolution":
        convolution = nn.Conv3d if three else nn.Conv2d
        kernel = number["kernel"]
        return convolution(
            number["inChannels"], number["outChannels"], kernel, number["stride"], kernel // 2, bias=f["bias"] == "true"
        )
    if kind == "Upsampling":
        transposed = nn.ConvTranspose3d if three else nn.ConvTranspose2d
        return transposed(number["inChannels"], number["outChannels"], 4, 2, 1)
    if kind == "BatchNorm":
        return (nn.BatchNorm3d if three else nn.BatchNorm2d)(number["channels"])
    if kind == "GroupNorm":
        return nn.GroupNorm(number["groups"], number["channels"])
    if kind == "LeakyRelu":
        return nn.LeakyReLU(float(f["slope"]), inplace=True)
    if kind == "SqueezeExcitation":
        return SqueezeExcitation(number["channels"], number["hidden"])
    return None


class Network(nn.Module):
    def __init__(self, lines, three):
        super().__init__()
        self.nodes, self.layers = [], nn.ModuleDict()
        for line in lines:
            kind, inside = re.fullmatch(r"(\w+)\[(.*)\]", line.strip()).groups()
            f = dict(re.findall(r"(\w+)=(\[.*?\]|[^,\]]+)", inside))
            inputs = f.get("inputs", f"[{f.get('input')}]").strip("[]").split(", ")
            module = layer(kind, f, three)
            key = f["name"].replace(".", "_")
            if module is not None:
                self.layers[key] = module
            self.nodes.append((kind, f["name"], key, inputs))
        last = {i: n for n, (_, _, _, inputs) in enumerate(self.nodes) for i in inputs}
        self.finished = [[i for i, at in last.items() if at == n] for n in range(len(self.nodes))]

    def forward(self, image):
        maps = {"image": image}
        for (kind, name, key, inputs), finished in zip(self.nodes, self.finished, strict=True):
            if kind == "Sum":
                y = maps[inputs[0]] + maps[inputs[1]]
            elif kind == "Concatenation":
                y = torch.cat([maps[i] for i in inputs], 1)
            else:
                y = self.layers[key](maps[inputs[0]])
            maps[name] = y
            for i in finished:
                del maps[i]
        return y

    def load(self, weights):
        names = {key: name for _, name, key, _ in self.nodes}
        for path, array in self.state_dict().items():
            _, key, rest = path.split(".", 2)
            if rest != "num_batches_tracked":
                array.copy_(torch.from_numpy(weights[f"{names[key]}.{rest}"].copy()))


def combined(z, t, w):
    z = z.flatten(2)
    p = torch.softmax(z, 1)
    dice = (2 * (p * t).sum(2) + EPSILON) / (p.sum(2) + t.sum(2) + EPSILON)
    entropy = ((1 + w) ** POWER * -(t * torch.log_softmax(z, 1)).sum(1)).mean()
    return entropy / (dice.mean() + EPSILON)


class Bench:
    def __init__(self, mode, lines, weights, shape):
        self.best = mode != "default"
        self.device = "cuda" if mode == "gpu" else "cpu"
        torch.backends.cudnn.benchmark = True
        self.network = Network(lines, len(shape) == 5)
        self.network.load(weights)
        self.network.to(self.device)
        self.layout = torch.contiguous_format
        if self.best:
            self.layout = torch.channels_last_3d if len(shape) == 5 else torch.channels_last
            self.network = self.network.to(memory_format=self.layout)
        self.image = self.near(torch.from_numpy(weights["image"].reshape(shape).copy()))
        self.members = self.near(torch.from_numpy(weights["members"].astype("uint8")))
        self.weights = self.near(torch.from_numpy(weights["pixel_weights"].copy()))
        self.adam = torch.optim.Adam(self.network.parameters(), RATE, weight_decay=L2, fused=self.best)

    def near(self, tensor):
        return tensor.pin_memory() if self.device == "cuda" else tensor

    def there(self, tensor):
        return tensor.to(self.device, non_blocking=True)

    def logits(self):
        image = self.there(self.image).contiguous(memory_format=self.layout)
        with torch.autocast(self.device, torch.bfloat16, enabled=self.best):
            return self.network(image).float()

    def step(self):
        self.adam.zero_grad(set_to_none=True)
        members = self.there(self.members)
        targets = torch.stack([(members >> k) & 1 for k in range(2)], 1).float()
        loss = combined(self.logits(), targets, self.there(self.weights))
        loss.backward()
        self.adam.step()
        return loss.detach()

    def train(self):
        return self.step().item()

    def block(self, calls):
        """Seconds per step of many whose losses are read at their end."""
        begin = time.perf_counter()
        losses = [self.step() for _ in range(calls)]
        loss = losses[-1].item()
        return (time.perf_counter() - begin) / calls, loss

    @torch.inference_mode()
    def predict(self):
        self.network.eval()
        self.logits().cpu().numpy()
        self.network.train()
        return 0.0


def main():
    mode, graph, file, *shape = sys.argv[1:]
    bench = Bench(mode, Path(graph).read_text().splitlines(), read(file)[0], [int(s) for s in shape])
    for line in sys.stdin:
        what, calls = line.split()
        if what == "block":
            seconds, loss = bench.block(int(calls))
            print(json.dumps({"ms": [seconds * 1e3], "loss": loss}), flush=True)
            continue
        times = []
        for _ in range(int(calls)):
            begin = time.perf_counter()
            loss = getattr(bench, what)()
            times.append((time.perf_counter() - begin) * 1e3)
        print(json.dumps({"ms": times, "loss": loss}), flush=True)


if __name__ == "__main__":
    main()
