"""Makes the stored steps of EngineContract with PyTorch in double precision.

Needs torch and safetensors. For every <case>.graph beside the tests, one node per line as Java
prints it, draws weights and a batch, and writes <case>.safetensors: the evaluation-mode logits,
the loss and gradients of a first step, and weights and Adam's moments after three steps.
"""

import pathlib
import re

import safetensors.torch
import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parents[1] / "resources/org/maskmine/engine/steps"
RATE, L2, STEPS, POWER, EPSILON = 1e-2, 1e-3, 3, 2.5, 1e-5
SHAPES = {2: (3, 3, 8, 16), 3: (2, 1, 4, 8, 8)}


def parse(line):
    kind, inside = re.fullmatch(r"(\w+)\[(.*)\]", line.strip()).groups()
    fields = dict(re.findall(r"(\w+)=(\[.*?\]|[^,\]]+)", inside))
    inputs = fields.get("inputs", f"[{fields.get('input')}]").strip("[]").split(", ")
    return kind, fields, inputs


def draw_weights(nodes, dimensions):
    weights = {}

    def add(name, *shape, mean=0.0, deviation=0.3):
        weights[name] = mean + deviation * torch.randn(*shape, dtype=torch.float64)

    for kind, f, _ in nodes:
        name = f["name"]
        if kind == "Convolution":
            i, o, k = int(f["inChannels"]), int(f["outChannels"]), int(f["kernel"])
            add(name + ".weight", o, i, *[k] * dimensions)
            if f["bias"] == "true":
                add(name + ".bias", o)
        elif kind == "Upsampling":
            i, o = int(f["inChannels"]), int(f["outChannels"])
            add(name + ".weight", i, o, *[4] * dimensions)
            add(name + ".bias", o)
        elif kind in ("BatchNorm", "GroupNorm"):
            c = int(f["channels"])
            add(name + ".weight", c, mean=1.0)
            add(name + ".bias", c)
            if kind == "BatchNorm":
                add(name + ".running_mean", c)
                weights[name + ".running_var"] = 0.5 + torch.rand(c, dtype=torch.float64)
        elif kind == "SqueezeExcitation":
            c, h = int(f["channels"]), int(f["hidden"])
            add(name + ".down.weight", h, c, deviation=1.0)
            add(name + ".down.bias", h)
            add(name + ".up.weight", c, h, deviation=1.0)
            add(name + ".up.bias", c)
    return weights


def compute(nodes, w, image, training):
    maps = {"image": image}
    three = image.dim() == 5
    for kind, f, inputs in nodes:
        name, x = f["name"], maps[inputs[0]]
        if kind == "Convolution":
            conv = F.conv3d if three else F.conv2d
            k, s = int(f["kernel"]), int(f["stride"])
            y = conv(x, w[name + ".weight"], w.get(name + ".bias"), stride=s, padding=k // 2)
        elif kind == "Upsampling":
            conv = F.conv_transpose3d if three else F.conv_transpose2d
            y = conv(x, w[name + ".weight"], w[name + ".bias"], stride=2, padding=1)
        elif kind == "MaxPooling":
            y = (F.max_pool3d if three else F.max_pool2d)(x, 2)
        elif kind == "BatchNorm":
            mean, var = w[name + ".running_mean"], w[name + ".running_var"]
            y = F.batch_norm(x, mean, var, w[name + ".weight"], w[name + ".bias"], training)
        elif kind == "GroupNorm":
            y = F.group_norm(x, int(f["groups"]), w[name + ".weight"], w[name + ".bias"])
        elif kind == "LeakyRelu":
            y = F.leaky_relu(x, float(f["slope"]))
        elif kind == "Sum":
            y = sum(maps[i] for i in inputs)
        elif kind == "Concatenation":
            y = torch.cat([maps[i] for i in inputs], 1)
        elif kind == "SqueezeExcitation":
            squeezed = x.flatten(2).mean(2)
            inner = F.relu(F.linear(squeezed, w[name + ".down.weight"], w[name + ".down.bias"]))
            s = torch.sigmoid(F.linear(inner, w[name + ".up.weight"], w[name + ".up.bias"]))
            y = x * s.reshape(*s.shape, *[1] * (x.dim() - 2))
        elif kind == "ForegroundProbability":
            y = torch.softmax(x, 1)[:, 1:]
        maps[name] = y
    return maps


def dice(p, t, dims):
    return (2 * (p * t).sum(dims) + EPSILON) / (p.sum(dims) + t.sum(dims) + EPSILON)


def loss_of(kind, z, members, pixel_weights):
    z = z.flatten(2)
    k = z.shape[1]
    t = torch.stack([(members.flatten(1).long() >> i) & 1 for i in range(k)], 1).double()
    w = pixel_weights.flatten(1)
    entropy = ((1 + w) ** POWER * -(t * torch.log_softmax(z, 1)).sum(1)).mean()
    p = torch.softmax(z, 1)
    if kind == "pwce":
        return entropy
    if kind == "combined":
        return entropy / (dice(p, t, 2).mean() + EPSILON)
    if kind == "dice_sigmoid_image":
        return 1 - dice(torch.sigmoid(z), t, 2).mean()
    if kind == "dice_softmax_batch":
        return 1 - dice(p, t, (0, 2)).mean()
    if kind == "tversky":
        both, fp, fn = (p * t).sum(2), (p * (1 - t)).sum(2), ((1 - p) * t).sum(2)
        return 1 - ((both + EPSILON) / (both + 0.3 * fp + 0.7 * fn + EPSILON)).mean()
    if kind == "focal":
        return -((1 - p) ** 2 * t * torch.log_softmax(z, 1)).sum(1).mean()
    raise ValueError(kind)


def make(file):
    torch.manual_seed(sum(map(ord, file.stem)))
    head_lines, *lines = file.read_text().splitlines()
    heads = {}
    for entry in head_lines.split():
        head, node, kind = entry.split("=")
        heads[head] = (node, kind)
    nodes = [parse(line) for line in lines]
    dimensions = 3 if file.stem.startswith("3d") else 2
    image = torch.rand(*SHAPES[dimensions]).double()
    pixels = (image.shape[0], *image.shape[2:])
    start = {n: a.float().double() for n, a in draw_weights(nodes, dimensions).items()}
    out = {"image": image}
    out.update({"start." + n: a for n, a in start.items()})
    evaluated = compute(nodes, {n: a.clone() for n, a in start.items()}, image, False)
    targets = {}
    for head, (node, kind) in heads.items():
        z = evaluated[node]
        classes = z.shape[1]
        members = 2 ** torch.randint(0, classes, pixels)
        if classes == 4 and "sigmoid" in kind:  # a false negative is also true: the classes overlap
            members = torch.where(members == 4, torch.tensor(4 + 8), members)
        targets[head] = (members, torch.rand(pixels).float().double())
        out["logits." + head] = z
        out["members." + head] = members
        out["pixel_weights." + head] = targets[head][1]

    trained = {n: a.clone() for n, a in start.items() if ".running_" not in n}
    running = {n: a.clone() for n, a in start.items() if ".running_" in n}
    for a in trained.values():
        a.requires_grad_()
    adam = torch.optim.Adam(trained.values(), lr=RATE, weight_decay=L2)
    for step in range(STEPS):
        adam.zero_grad()
        maps = compute(nodes, trained | running, image, True)
        loss = 0
        for head, (node, kind) in heads.items():
            if kind != "untrained":
                loss = loss + loss_of(kind, maps[node], *targets[head])
        loss.backward()
        if step == 0:
            out["loss"] = loss.detach().reshape(1)
            for n, a in trained.items():
                out["gradient." + n] = torch.zeros_like(a) if a.grad is None else a.grad.clone()
        adam.step()
    for n, a in (trained | running).items():
        out["end." + n] = a
    for n, a in trained.items():
        state = adam.state.get(a, {})
        out["m." + n] = state.get("exp_avg", torch.zeros_like(a))
        out["v." + n] = state.get("exp_avg_sq", torch.zeros_like(a))
    out = {n: a.detach().float().contiguous() for n, a in out.items()}
    safetensors.torch.save_file(out, file.with_suffix(".safetensors"))
    print(file.stem, loss.item(), file.with_suffix(".safetensors").stat().st_size)


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.graph")):
        make(path)
