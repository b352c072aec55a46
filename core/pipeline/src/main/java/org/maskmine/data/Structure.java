package org.maskmine.data;

/** What is segmented. Liver means labels 1 and 2 everywhere, lesion label 2 (LiTS). */
public enum Structure {
  /** The whole liver, lesions included. */
  LIVER,
  /** Lesions inside the liver. */
  LESION;

  /** Whether a LiTS label (0 background, 1 liver, 2 lesion) belongs to this structure. */
  public boolean holds(int label) {
    return this == LIVER ? label == 1 || label == 2 : label == 2;
  }

  /** The name as it stands in tables and file names: {@code liver}, {@code lesion}. */
  public String label() {
    return this == LIVER ? "liver" : "lesion";
  }
}
