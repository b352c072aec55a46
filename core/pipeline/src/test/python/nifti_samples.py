"""NIfTI files as nibabel writes them, with the values and the affine that nibabel reads back.

Writes src/test/resources/org/maskmine/volume/nifti/; run from this folder with numpy and nibabel.
`nibabel-*` are samples of nibabel's own test data (MIT licence, copied
beside them).
"""
import hashlib
import importlib.metadata
import json
import pathlib
import shutil

import nibabel as nib
import numpy as np

OUT = pathlib.Path("../resources/org/maskmine/volume/nifti")
SAMPLES = pathlib.Path(nib.__file__).parent / "tests" / "data"
SHAPE = (5, 4, 3)
AFFINE = nib.affines.from_matvec(
    nib.eulerangles.euler2mat(0.2, -0.1, 0.4) @ np.diag([-0.75, 0.8, 2.5]), [10.5, -20.25, 30]
)
SHEARED = AFFINE @ np.array([[1, 0.1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]])
TYPES = "uint8 int8 int16 uint16 int32 uint32 int64 uint64 float32 float64".split()


def values(dtype):
    dtype = np.dtype(dtype)
    rng = np.random.default_rng(7)
    if dtype.kind == "f":
        array = rng.normal(0, 1000, SHAPE).astype(dtype)
        array.flat[0] = -1024.5
        return array
    info = np.iinfo(dtype)
    array = rng.integers(info.min, info.max, SHAPE, dtype=dtype, endpoint=True)
    array.flat[:3] = info.min, info.max, 1
    return array


def image(array, order="<", cls=nib.Nifti1Image, affine=AFFINE):
    header = cls.header_class(endianness=order)
    header.set_data_dtype(array.dtype.newbyteorder(order))
    return cls(array, affine, header)


def save_as_is(found, array, name):
    """nib.save would set the form codes and the slope anew; this writes the header as it stands."""
    header = found.header
    header["vox_offset"] = header.sizeof_hdr + 4
    header["magic"] = header.single_magic
    with open(OUT / name, "wb") as f:
        header.write_to(f)  # with the four bytes that say there is no extension
        f.write(array.astype(header.get_data_dtype()).tobytes("F"))


def placed(name, affine, order="<", cls=nib.Nifti1Image):
    array = values("int16")
    found = image(array, order, cls, affine)
    found.header.set_sform(None, code=0)
    found.header.set_qform(affine, code=1)
    save_as_is(found, array, name)


def write_all():
    for dtype in TYPES:
        for order, name in (("<", "little"), (">", "big")):
            nib.save(image(values(dtype), order), OUT / f"{dtype}-{name}.nii")
    array = values("int16")
    nib.save(image(array), OUT / "compressed.nii.gz")
    nib.save(image(array, ">"), OUT / "compressed-big.nii.gz")
    nib.save(image(array, affine=SHEARED), OUT / "sform-sheared.nii")
    nib.save(image(array.reshape(SHAPE + (1,))), OUT / "four-axes.nii")
    nib.save(image(array, cls=nib.Nifti2Image), OUT / "second.nii.gz")
    placed("qform-only.nii", AFFINE)
    placed("qform-mirrored.nii", AFFINE @ np.diag([1, 1, -1, 1]))
    placed("qform-half-turn.nii", np.diag([-0.75, -0.75, 2.5, 1]))
    placed("second-big-qform.nii", AFFINE, ">", nib.Nifti2Image)
    both = image(array)
    both.header.set_qform(np.diag([2, 3, 4, 1.0]), code=1)
    save_as_is(both, array, "sform-before-qform.nii")
    nowhere = image(array)
    nowhere.header.set_sform(None, code=0)
    nowhere.header.set_qform(None, code=0)
    nowhere.header["pixdim"][1:4] = 0.75, 0.8, 2.5
    save_as_is(nowhere, array, "spacing-only.nii")
    extended = image(array)
    extended.header.extensions.append(nib.nifti1.Nifti1Extension("comment", b"a note " * 40))
    nib.save(extended, OUT / "extension.nii")
    for order, name in (("<", "little"), (">", "big")):
        scaled = image(array, order)
        scaled.header.set_slope_inter(0.1, -1024.3)
        save_as_is(scaled, array, f"scaled-{name}.nii")
    for name in "anatomical.nii standard.nii.gz resampled_anat_moved.nii".split():
        shutil.copy(SAMPLES / name, OUT / f"nibabel-{name}")


def expectation(path):
    found = nib.load(path)
    data = found.get_fdata(dtype=np.float64).reshape(found.shape[:3]).astype("<f4")
    flat = data.ravel("F")
    flat[np.isnan(flat)] = np.nan  # one bit pattern for all
    return dict(
        file=path.name,
        size=list(data.shape),
        affine=found.affine[:3].ravel().tolist(),
        sha256=hashlib.sha256(flat.tobytes()).hexdigest(),
        last=[float(v) for v in flat[-3:]],
    )


shutil.rmtree(OUT, ignore_errors=True)
OUT.mkdir()
write_all()
expected = [expectation(p) for p in sorted(OUT.glob("*.nii*"))]
for name in "functional.nii nifti1.hdr analyze.hdr".split():
    shutil.copy(SAMPLES / name, OUT / f"nibabel-{name}")
licence = next(f for f in importlib.metadata.files("nibabel") if f.name == "COPYING")
shutil.copy(licence.locate(), OUT / "nibabel-COPYING")
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
