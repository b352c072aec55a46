"""Prints what nibabel reads from NIfTI files: one JSON line per file named on the command line.

src/test/resources/org/maskmine/volume/written holds files as NiftiWriteTest writes them, and in
read.jsonl what this script printed for whole.nii broken.nii labels.nii sheared.nii.
"""
import hashlib
import json
import sys

import nibabel as nib
import numpy as np

for path in sys.argv[1:]:
    found = nib.load(path)
    flat = found.get_fdata(dtype=np.float64).astype("<f4").ravel("F")
    print(
        json.dumps(
            dict(
                type=str(found.get_data_dtype()),
                size=list(found.shape),
                affine=found.affine[:3].ravel().tolist(),
                qform=found.get_qform()[:3].ravel().tolist(),
                codes=[int(found.header["qform_code"]), int(found.header["sform_code"])],
                units=found.header.get_xyzt_units()[0],
                sha256=hashlib.sha256(flat.tobytes()).hexdigest(),
            )
        )
    )
