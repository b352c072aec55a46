"""Statistics of the phantom as numpy and scipy draw it, the reference for Phantom.java.

Writes src/test/resources/org/maskmine/data/phantom.json; run from this folder with numpy and scipy
(a minute). Per site: mean and standard deviation over the volumes of each statistic.
"""
import json
import pathlib

import numpy as np
from scipy import ndimage as ndi

OUT = pathlib.Path("../resources/org/maskmine/data/phantom.json")
VOLUMES = 40


def smooth_noise(rng, shape, sig):
    n = ndi.gaussian_filter(rng.standard_normal(shape), sig, mode='reflect')
    return n / (n.std() + 1e-09)


def volume(seed, site='A', N=64, Z=14):
    rng = np.random.default_rng(seed)
    xy = 3.6 * 96 / N
    dz = 100.0 / Z
    z, y, x = np.meshgrid(np.arange(Z), np.arange(N), np.arange(N), indexing='ij')
    X = (x - N / 2) * xy
    Y = (y - N / 2) * xy
    Zm = (z - Z / 2) * dz
    vol = np.full((Z, N, N), -1000.0, np.float32)
    bw = rng.uniform(140, 165)
    bh = rng.uniform(100, 120)
    body = (X / bw) ** 2 + (Y / bh) ** 2 < 1
    inner = (X / (bw - rng.uniform(12, 25))) ** 2 + (Y / (bh - rng.uniform(12, 22))) ** 2 < 1
    vol[body] = rng.normal(-100, 6)
    vol[inner] = rng.normal(52, 4)
    fat = inner & (smooth_noise(rng, vol.shape, (2, 5, 5)) > 0.7)
    vol[fat] = -95

    def ell(cx, cy, cz, a, b, c, amp=0.18, sig=(3, 8, 8)):
        d = np.sqrt(((X - cx) / a) ** 2 + ((Y - cy) / b) ** 2 + ((Zm - cz) / c) ** 2) + amp * smooth_noise(rng, vol.shape, sig)
        return d < 1
    phase = {'A': rng.normal(108, 10), 'B': rng.normal(108, 10), 'T': rng.normal(92, 16)}[site]
    spine = ell(0, bh * 0.62, 0, 24, 22, 999, 0.05)
    vol[spine] = rng.normal(220, 30)
    aorta = ell(14, bh * 0.3, 0, 11, 11, 999, 0.03)
    ivc = ell(-22, bh * 0.25, 0, 13, 10, 999, 0.05)
    vessel_hu = phase + rng.normal(45, 10)
    vol[aorta] = vessel_hu + 10
    vol[ivc] = vessel_hu - 10
    stomach = ell(rng.uniform(45, 65), rng.uniform(-45, -25), rng.uniform(-10, 15), 38, 28, 40)
    vol[stomach & inner] = rng.uniform(5, 45)
    spleen = ell(rng.uniform(88, 102), rng.uniform(15, 35), rng.uniform(-5, 15), 26, 40, 40)
    vol[spleen & inner] = phase + rng.normal(8, 6)
    for sx in (-1, 1):
        k = ell(sx * rng.uniform(58, 70), rng.uniform(48, 60), rng.uniform(-45, -20), 22, 26, 45, 0.1) & inner
        vol[k] = phase + rng.normal(60, 15)
        vol[ndi.binary_erosion(k, iterations=3)] = rng.normal(30, 8)
    liver = (ell(rng.uniform(-70, -58), rng.uniform(-12, 2), rng.uniform(-5, 8), rng.uniform(62, 74), rng.uniform(58, 70), rng.uniform(42, 50), 0.22) | ell(rng.uniform(-15, 0), rng.uniform(-50, -38), rng.uniform(5, 15), rng.uniform(38, 52), 24, 30, 0.2)) & inner & ~spine & ~aorta & ~stomach
    lab, n = ndi.label(liver)
    if n > 1:
        liver = lab == 1 + np.argmax(ndi.sum(liver, lab, range(1, n + 1)))
    vol[liver] = phase
    t = smooth_noise(rng, vol.shape, (2, 4, 4))
    vol[liver] += 4 * t[liver]
    gb = ell(rng.uniform(-45, -30), rng.uniform(-30, -18), -18, 14, 18, 20, 0.08)
    gbm = gb & inner
    liver &= ~gbm
    vol[gbm] = rng.normal(10, 4)
    for _ in range(rng.integers(2, 5)):
        pts = np.argwhere(liver)
        if len(pts) == 0:
            break
        p = pts[rng.integers(len(pts))].astype(float)
        d = rng.standard_normal(3)
        d /= np.linalg.norm(d)
        m = np.zeros_like(liver)
        for _ in range(30):
            i = np.round(p).astype(int)
            if (i < 0).any() or i[0] >= Z or i[1] >= N or (i[2] >= N):
                break
            m[tuple(i)] = 1
            d += 0.35 * rng.standard_normal(3)
            d /= np.linalg.norm(d)
            p += d * [0.7, 1, 1]
        m = ndi.binary_dilation(m, iterations=1) & liver
        vol[m] = vol[m] + rng.uniform(15, 45)
    lesion = np.zeros_like(liver)
    core = ndi.binary_erosion(liver, iterations=2)
    for _ in range(rng.integers(2, 8)):
        pts = np.argwhere(core)
        if len(pts) == 0:
            break
        c = pts[rng.integers(len(pts))]
        r = float(np.clip(rng.lognormal(np.log(15), 0.45), 8, 36))
        d = np.sqrt(((x - c[2]) * xy) ** 2 + ((y - c[1]) * xy) ** 2 + ((z - c[0]) * dz) ** 2) / r + 0.2 * smooth_noise(rng, vol.shape, (1.5, 3, 3))
        m = (d < 1) & liver
        if m.sum() < 4:
            continue
        lo, hi = (-65, -20) if site != 'T' else (-50, -14)
        dh = rng.uniform(lo, hi) if rng.random() < 0.92 else rng.uniform(12, 30)
        vol[m] = phase + dh
        if rng.random() < 0.2:
            vol[m & (d < 0.5)] = phase + dh - 20
        lesion |= m
    if rng.random() < 0.5:
        pts = np.argwhere(core)
        if len(pts):
            c = pts[rng.integers(len(pts))]
            w = np.exp(-(((x - c[2]) * xy) ** 2 + ((y - c[1]) * xy) ** 2 + ((z - c[0]) * dz) ** 2) / (2 * 14.0 ** 2))
            vol[liver] -= 18 * w[liver]
    bl, ns, corr = {'A': (0.55, 13, 0.6), 'B': (0.75, 17, 0.8), 'T': (1.0, 24, 0.55)}[site]
    vol = ndi.gaussian_filter(vol, (0.35, bl, bl))
    n = ndi.gaussian_filter(rng.standard_normal(vol.shape), (0, corr, corr))
    vol += ns * n / n.std()
    if site == 'T':
        vol = vol + 6 * np.sin(X / 60 + rng.uniform(0, 6))
    return (vol.astype(np.float32), liver, lesion)

def crop_start(liver, axis):
    """The study's crop: 40 voxels around the liver's middle in the axial projection."""
    middle = int(np.argwhere(liver.any(0)).mean(0)[axis])
    return int(np.clip(middle - 20, 0, 24))


def statistics(image, liver, lesion):
    hu = np.maximum(-1024, np.round(image))
    y, x = crop_start(liver, 0), crop_start(liver, 1)
    slices = lesion[liver.any((1, 2)), y : y + 40, x : x + 40]
    labels, count = ndi.label(lesion)
    voxel_mm3 = (3.6 * 96 / 64) ** 2 * 100 / 14
    sizes = np.bincount(labels.ravel())[1:] * voxel_mm3
    diameters = 2 * np.cbrt(sizes * 3 / (4 * np.pi))
    return dict(
        liverHu=hu[liver & ~lesion].mean(),
        liverSpreadHu=hu[liver & ~lesion].std(),
        contrastHu=hu[lesion].mean() - hu[liver & ~lesion].mean() if count else 0,
        liverMl=liver.sum() * voxel_mm3 / 1000,
        cropLesionPercent=100 * slices.mean(),
        lesions=count,
        diameterMm=diameters.mean() if count else 0,
        airNoiseHu=hu[:, :6, :6].std(),
        bodyHu=hu[hu > -500].mean(),
    )


def main():
    out = {}
    for offset, site in enumerate("ABT"):
        rows = [statistics(*volume(7000 + 100 * offset + n, site)) for n in range(VOLUMES)]
        out[site] = {
            key: [
                round(float(np.mean([row[key] for row in rows])), 4),
                round(float(np.std([row[key] for row in rows], ddof=1)), 4),
            ]
            for key in rows[0]
        }
    OUT.write_text(json.dumps(out, indent=1) + "\n")


main()
