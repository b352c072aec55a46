"""Small data sets in every layout that load recognises, and what numpy and scipy find in them.

Writes src/test/resources/org/maskmine/data/layouts/; run from this folder with nibabel, numpy,
scipy and pydicom.
"""
import json
import pathlib
import shutil

import nibabel as nib
import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
)
from scipy import ndimage

OUT = pathlib.Path("../resources/org/maskmine/data/layouts")
SHAPE = (12, 10, 6)
AFFINE = np.array([[-0.8, 0, 0, 30], [0, -0.8, 0, 20], [0, 0, 2.5, -100], [0, 0, 0, 1.0]])


def case(seed):
    """Air, a liver, lesions of which two touch by a corner alone."""
    rng = np.random.default_rng(seed)
    hu = np.full(SHAPE, -1000, np.int16)
    labels = np.zeros(SHAPE, np.uint8)
    hu[1:-1, 1:-1] = rng.normal(40, 15, (10, 8, 6))
    labels[2:10, 2:8, 1:5] = 1
    labels[3, 3, 2] = labels[4, 4, 3] = 2
    labels[6 : 8 + seed % 2, 4:6, 2:4] = 2
    hu[labels == 1] = rng.normal(105, 12, (labels == 1).sum())
    hu[labels == 2] = rng.normal(65, 15, (labels == 2).sum())
    return hu, labels


def facts(hu, labels):
    liver, lesion = hu[labels == 1], hu[labels == 2]
    _, lesions = ndimage.label(labels == 2)
    box = ndimage.find_objects((labels > 0).astype(int))[0]
    return dict(
        lowest=float(hu.min()),
        highest=float(hu.max()),
        liverVoxels=int((labels > 0).sum()),
        lesionVoxels=int((labels == 2).sum()),
        lesions=int(lesions),
        box=int(np.prod([s.stop - s.start for s in box])),
        fullestSlice=int((labels == 2).sum((0, 1)).argmax()),
        liverHu=np.percentile(liver, [0.5, 5, 50, 95, 99.5]).tolist(),
        lesionHu=np.percentile(lesion, [0.5, 5, 50, 95, 99.5]).tolist(),
    )


def save(array, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nib.save(nib.Nifti1Image(array, AFFINE), path)


def lits():
    """Two batches with labels beside them or in a folder of their own, and the challenge's test set."""
    root = OUT / "lits"
    for n, batch, ending in ((0, "batch 1", "nii"), (2, "batch 1", "nii.gz"), (10, "batch 2", "nii")):
        hu, labels = case(n)
        save(hu, root / batch / f"volume-{n}.{ending}")
        save(labels, root / ("masks" if n == 10 else batch) / f"segmentation-{n}.nii.gz")
    save(case(20)[0], root / "test" / "test-volume-7.nii.gz")


def decathlon():
    root = OUT / "Task03_Liver"
    for n in (1, 9, 10):
        hu, labels = case(n)
        save(hu, root / f"imagesTr/liver_{n}.nii.gz")
        save(labels, root / f"labelsTr/liver_{n}.nii.gz")
    (root / "imagesTr/._liver_1.nii.gz").write_bytes(b"Mac OS X")
    save(case(20)[0], root / "imagesTs/liver_140.nii.gz")
    description = dict(
        name="Liver",
        modality={"0": "CT"},
        labels={"0": "background", "1": "liver", "2": "cancer"},
        numTraining=3,
        training=[
            dict(image=f"./imagesTr/liver_{n}.nii.gz", label=f"./labelsTr/liver_{n}.nii.gz")
            for n in (1, 9, 10)
        ],
        test=["./imagesTs/liver_140.nii.gz"],
    )
    (root / "dataset.json").write_text(json.dumps(description, indent=1))


def nnunet():
    """Lesions 1, liver 3, a spleen 2, and labelled test cases."""
    root = OUT / "Dataset011_Abdomen"
    for n, part in ((4, "Tr"), (5, "Tr"), (6, "Ts")):
        hu, labels = case(n)
        labels = np.array([0, 3, 1], np.uint8)[labels]
        labels[0, 0, 0] = 2
        save(hu, root / f"images{part}/abd_{n:03}_0000.nii.gz")
        save(labels, root / f"labels{part}/abd_{n:03}.nii.gz")
    description = dict(
        channel_names={"0": "CT"},
        labels={"background": 0, "liver_tumour": 1, "spleen": 2, "liver": 3},
        numTraining=2,
        file_ending=".nii.gz",
    )
    (root / "dataset.json").write_text(json.dumps(description, indent=1))


def slice_(stored, z, syntax, **elements):
    """One CT slice: rows run to the patient's left, columns to posterior (LPS)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = f"1.2.826.0.1.3680043.8.498.1.{z + 1}"
    meta.TransferSyntaxUID = syntax
    d = FileDataset(
        None,
        {},
        preamble=b"\0" * 128,
        file_meta=meta,
        is_implicit_VR=syntax.is_implicit_VR,
        is_little_endian=syntax.is_little_endian,
    )
    d.SOPClassUID, d.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    d.SeriesInstanceUID = "1.2.826.0.1.3680043.8.498.2"
    d.Modality = "CT"
    d.PatientName, d.PatientID = "Phantom", "0"
    d.Rows, d.Columns = stored.shape
    d.PixelSpacing = [0.7, 0.8]
    d.SliceThickness = 2.5
    d.ImagePositionPatient = [-30, -20, -100 + 2.5 * z]
    d.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.BitsAllocated, d.BitsStored, d.HighBit = 16, 12, 11
    d.PixelRepresentation = 0
    d.RescaleSlope, d.RescaleIntercept = 1, -1024
    d.ReferencedImageSequence = [pydicom.Dataset(), pydicom.Dataset()]
    d.ReferencedImageSequence[0].ReferencedSOPInstanceUID = "1.2.3"
    for name, value in elements.items():
        setattr(d, name, value)
    order = ">u2" if syntax == ExplicitVRBigEndian else "<u2"
    d["PixelData"] = pydicom.DataElement(0x7FE00010, "OW", stored.astype(order).tobytes())
    return d


def dicom():
    """The same scan in every uncompressed syntax; file names and order say nothing of the place."""
    rng = np.random.default_rng(3)
    hu = case(3)[0].transpose(2, 1, 0)  # slices, rows, columns
    syntaxes = dict(
        implicit=ImplicitVRLittleEndian, little=ExplicitVRLittleEndian, big=ExplicitVRBigEndian
    )
    for name, syntax in syntaxes.items():
        folder = OUT / "dicom" / name
        folder.mkdir(parents=True)
        for number, z in enumerate(rng.permutation(len(hu))):
            extra = dict(InstanceNumber=int(number))
            if name == "little":  # half units, and a sequence of unknown length
                extra |= dict(RescaleSlope="0.5", RescaleIntercept="-1024")
            stored = (hu[z] + 1024) * (2 if name == "little" else 1)
            d = slice_(stored, int(z), syntax, **extra)
            d["ReferencedImageSequence"].is_undefined_length = name != "big"
            d.save_as(folder / f"IM{number:04}", enforce_file_format=True)
    compressed = slice_(hu[0] + 1024, 0, JPEG2000Lossless)
    compressed["PixelData"] = pydicom.DataElement(
        0x7FE00010, "OB", pydicom.encaps.encapsulate([b"\xff\x4f\xff\x51" * 8])
    )
    compressed["PixelData"].is_undefined_length = True
    (OUT / "dicom/compressed").mkdir()
    compressed.save_as(OUT / "dicom/compressed/IM0000", enforce_file_format=True)
    # What pydicom reads, so that the expectation does not rest on the lines above alone.
    read = []
    for name in syntaxes:
        slices = [pydicom.dcmread(p) for p in (OUT / "dicom" / name).iterdir()]
        slices.sort(key=lambda s: s.ImagePositionPatient[2])
        read.append(
            np.stack([s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept) for s in slices])
        )
        assert np.array_equal(read[-1], read[0])
    # World millimetres are right, anterior, superior here and left, posterior, superior in DICOM.
    affine = [[-0.8, 0, 0, 30], [0, -0.7, 0, 20], [0, 0, 2.5, -100]]
    return dict(size=[12, 10, 6], affine=np.ravel(affine).tolist(), values=read[0].ravel().tolist())


shutil.rmtree(OUT, ignore_errors=True)
OUT.mkdir(parents=True)
lits()
decathlon()
nnunet()
expected = {str(n): facts(*case(n)) for n in (0, 1, 2, 4, 5, 6, 9, 10)}
(OUT / "facts.json").write_text(json.dumps(expected, indent=1) + "\n")
(OUT / "dicom.json").write_text(json.dumps(dicom()) + "\n")
