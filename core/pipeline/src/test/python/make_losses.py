"""Makes losses.json of ReferenceLossTest: PyTorch's values and gradients, in double precision.

Logits are stream 7 of formula.py in [-3, 3), [3 images, 4 classes, 10 pixels]; the membership is
overlapping, as an error head's: bit k of stream 1001's number in 0..15; weights are stream 1002.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

import formula

IMAGES, CLASSES, PIXELS = 3, 4, 10
EPS = 1e-5


def inputs():
    z = torch.tensor(formula.values(7, (IMAGES, CLASSES, PIXELS), -3, 3), dtype=torch.float64)
    bits = torch.tensor((formula.uniform(1001, IMAGES * PIXELS) * 16).astype(int))
    t = torch.stack([(bits >> k) & 1 for k in range(CLASSES)], 1).double()
    t = t.reshape(IMAGES, PIXELS, CLASSES).permute(0, 2, 1)
    w = torch.tensor(formula.values(1002, (IMAGES, PIXELS), 0, 1), dtype=torch.float64)
    return z.requires_grad_(True), t, w


def pwce(z, t, w, power):
    # soft targets: PyTorch's own cross-entropy with class "probabilities"
    return (F.cross_entropy(z, t, reduction="none") * (1 + w) ** power).mean()


def dice(p, t, dims):
    return ((2 * (p * t).sum(dims) + EPS) / (p.sum(dims) + t.sum(dims) + EPS)).mean()


def tversky(p, t, alpha, beta):
    tp, fp, fn = (p * t).sum(2), (p * (1 - t)).sum(2), ((1 - p) * t).sum(2)
    return 1 - ((tp + EPS) / (tp + alpha * fp + beta * fn + EPS)).mean()


def focal(z, t, gamma):
    return (-t * (1 - z.softmax(1)) ** gamma * z.log_softmax(1)).sum(1).mean()


LOSSES = {
    "pwce": lambda z, t, w: pwce(z, t, w, 2.5),
    "combined": lambda z, t, w: pwce(z, t, w, 2.5) / (dice(z.softmax(1), t, 2) + EPS),
    "dice sigmoid image": lambda z, t, w: 1 - dice(z.sigmoid(), t, 2),
    "dice sigmoid batch": lambda z, t, w: 1 - dice(z.sigmoid(), t, (0, 2)),
    "dice softmax image": lambda z, t, w: 1 - dice(z.softmax(1), t, 2),
    "dice softmax batch": lambda z, t, w: 1 - dice(z.softmax(1), t, (0, 2)),
    "tversky": lambda z, t, w: tversky(z.softmax(1), t, 0.3, 0.7),
    "focal": lambda z, t, w: focal(z, t, 2.0),
}

if __name__ == "__main__":
    stored = {}
    for name, loss in LOSSES.items():
        z, t, w = inputs()
        value = loss(z, t, w)
        value.backward()
        stored[name] = {"value": value.item(), "gradient": z.grad.flatten().tolist()}
    folder = pathlib.Path(__file__).parents[1] / "resources/org/maskmine/engine"
    (folder / "losses.json").write_text(json.dumps(stored, indent=0) + "\n")
