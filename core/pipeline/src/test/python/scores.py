"""Scores of small segmentations as numpy and scipy compute them from the definitions.

Detection follows the description in the LiTS challenge's scoring program (and Bilic et al. 2023):
components by faces; true lesions with the same best prediction are joined, every prediction goes to
the joined lesion it overlaps most, overlap is intersection over union. Surfaces are those of the
same program: voxels with a neighbour by face or edge outside.

Writes src/test/resources/org/maskmine/scoring/scores.json; run from this folder with numpy and scipy.
"""
import json
import pathlib

import numpy as np
from scipy import ndimage as ndi
from scipy import stats
from scipy.spatial import cKDTree

OUT = pathlib.Path("../resources/org/maskmine/scoring/scores.json")
TOLERANCE_MM = 4.0


def blobs(rng, shape, n, radius):
    z, y, x = np.indices(shape)
    mask = np.zeros(shape, bool)
    for _ in range(n):
        c = [rng.uniform(0, s) for s in shape]
        r = rng.uniform(*radius)
        mask |= ((z - c[0]) * 1.6) ** 2 + (y - c[1]) ** 2 + (x - c[2]) ** 2 < r * r
    return mask


def detection(prediction, truth):
    g, n_g = ndi.label(truth)
    p, n_p = ndi.label(prediction)
    group_of = {}
    for t in range(1, n_g + 1):
        common = [np.count_nonzero((p == k) & (g == t)) for k in range(1, n_p + 1)]
        if common and max(common) > 0:
            group_of[t] = int(np.argmax(common)) + 1
    groups = {k: np.isin(g, [t for t in group_of if group_of[t] == k]) for k in group_of.values()}
    match_of = {}
    for k in range(1, n_p + 1):
        common = {j: np.count_nonzero((p == k) & m) for j, m in groups.items()}
        if common and max(common.values()) > 0:
            match_of[k] = max(common, key=common.get)
    overlap = {}
    for j, m in groups.items():
        united = np.isin(p, [k for k in match_of if match_of[k] == j])
        overlap[j] = np.count_nonzero(united & m) / np.count_nonzero(united | m) if united.any() else 0
    return (
        [overlap[group_of[t]] if t in group_of else 0.0 for t in range(1, n_g + 1)],
        [overlap[match_of[k]] if k in match_of else 0.0 for k in range(1, n_p + 1)],
        [int(np.count_nonzero(g == t)) for t in range(1, n_g + 1)],
    )


def surfaces(prediction, truth, spacing):
    structure = ndi.generate_binary_structure(3, 2)
    a, b = (np.argwhere(m & ~ndi.binary_erosion(m, structure)) * spacing for m in (prediction, truth))
    d = np.concatenate([cKDTree(b).query(a)[0], cKDTree(a).query(b)[0]])
    return dict(assd=d.mean(), hd95=np.percentile(d, 95), dice=np.mean(d <= TOLERANCE_MM))


def contrasts(image, truth, liver):
    g, n = ndi.label(truth)
    return [float(image[g == t].mean() - image[liver & ~truth].mean()) for t in range(1, n + 1)]


def case(rng, spacing, true_blobs, predicted):
    shape = (7, 22, 26)
    truth = blobs(rng, shape, true_blobs, (2, 5))
    prediction = predicted(rng, truth, shape)
    liver = ndi.binary_dilation(truth, iterations=3)
    image = (np.arange(truth.size) * 37 % 101).reshape(shape)
    tp = np.count_nonzero(prediction & truth)
    found, alarms, sizes = detection(prediction, truth)
    return dict(
        spacing=spacing,
        truth="".join("1" if v else "0" for v in truth.ravel()),
        prediction="".join("1" if v else "0" for v in prediction.ravel()),
        liver="".join("1" if v else "0" for v in liver.ravel()),
        dice=2 * tp / (prediction.sum() + truth.sum()),
        jaccard=tp / np.count_nonzero(prediction | truth),
        precision=tp / prediction.sum(),
        recall=tp / truth.sum(),
        volumeError=(float(prediction.sum()) - truth.sum()) / truth.sum(),
        truthOverlaps=found,
        predictionOverlaps=alarms,
        diametersMm=[2 * (3 * n * float(np.prod(spacing)) / (4 * np.pi)) ** (1 / 3) for n in sizes],
        contrastsHu=contrasts(image, truth, liver),
        surfaces=surfaces(prediction, truth, spacing[::-1]),
    )


def shifted(rng, truth, shape):
    return np.roll(truth, (0, 1, 2), (0, 1, 2))


def grown(rng, truth, shape):
    return ndi.binary_dilation(truth, iterations=2)


def shattered(rng, truth, shape):
    return truth & (rng.random(shape) < 0.6)


def elsewhere(rng, truth, shape):
    return blobs(rng, shape, 7, (1, 4))


def main():
    rng = np.random.default_rng(6)
    kinds = [shifted, grown, shattered, elsewhere]
    spacings = [[1, 1, 1], [0.7, 0.7, 2.5], [5.4, 5.4, 7.14]]
    cases = [case(rng, s, n, k) for k in kinds for s in spacings for n in (3, 8)]
    differences = np.round(rng.normal(0.02, 0.05, 12), 4)
    interval = stats.bootstrap(
        (differences,), np.mean, n_resamples=400_000, method="percentile", rng=rng
    ).confidence_interval
    seeds = np.round(rng.normal(0.6, 0.02, 5), 4)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(
        json.dumps(
            dict(
                toleranceMm=TOLERANCE_MM,
                shape=[26, 22, 7],
                cases=cases,
                differences=differences.tolist(),
                interval=[interval.low, interval.high],
                seeds=seeds.tolist(),
                seedsMean=float(np.mean(seeds)),
                seedsDeviation=float(np.std(seeds, ddof=1)),
            )
        )
        + "\n"
    )


main()
