package org.maskmine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/** What the phantom drew where, so that it can be said what a false alarm took for a lesion. */
public enum Anatomy {
  /** Whatever has no part of its own. */
  OTHER("other tissue"),
  /** Veins inside the liver, brighter than it. */
  VESSEL("vessel"),
  /** Water-like and next to the liver. */
  GALLBLADDER("gallbladder"),
  /** Liver darkened by at least a third of its most, as fat does. */
  FOCAL_FAT("focal fat"),
  /** Beside the liver. */
  STOMACH("stomach"),
  /** About as bright as the liver. */
  SPLEEN("spleen"),
  /** Both, brighter than the liver. */
  KIDNEY("kidney"),
  /** Aorta and vena cava. */
  GREAT_VESSEL("great vessel");

  private final String label;

  Anatomy(String label) {
    this.label = label;
  }

  /** The name as it stands in tables. */
  public String label() {
    return label;
  }

  /** The part with this number in a stored mask. */
  public static Anatomy of(int number) {
    return values()[number];
  }

  static Path file(Path folder, int number) {
    return folder.resolve("anatomy-" + number + ".nii.gz");
  }

  /**
   * The parts of a phantom's case: per voxel the number of its part, in the order of this enum.
   *
   * @return empty where the data set knows no parts, as with every real scan
   */
  public static Optional<Mask> read(Dataset data, String caseId) {
    String name = caseId.replace("volume-", "anatomy-") + ".nii.gz";
    return data.source().paths().stream()
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::exists)
        .findFirst()
        .map(Nifti::readMask);
  }
}
