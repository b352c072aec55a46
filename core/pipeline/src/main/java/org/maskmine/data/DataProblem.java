package org.maskmine.data;

/**
 * A finding about one case of a data set that speaks for itself.
 *
 * @param caseId the case it is about
 * @param kind of finding; it says whether the case is used all the same
 * @param found what is there
 * @param expected what should be there
 * @param remedy what to do
 */
public record DataProblem(String caseId, Kind kind, String found, String expected, String remedy) {
  /** What can be found. */
  public enum Kind {
    /** A file that is damaged, missing or not readable. */
    UNREADABLE(true),
    /** Image and labels with different numbers of voxels. */
    SHAPE(true),
    /** Image and labels with different voxel spacings. */
    SPACING(true),
    /** Image and labels at different places or in different orientations. */
    PLACE(true),
    /** Label values that mean nothing. */
    LABEL_VALUES(true),
    /** Labels without a liver. */
    NO_LIVER(true),
    /** An image whose values are no Hounsfield units, as a whole or inside the liver. */
    NOT_CT(true),
    /** The same image as another case's. */
    DUPLICATE(true),
    /** A file for a case that another file already is, or labels without an image. */
    IGNORED_FILE(true),
    /** A case that a written split does not name. */
    NOT_IN_SPLIT(true),
    /** Lesions that touch no liver. */
    LESION_OUTSIDE_LIVER(false),
    /** Voxels without a finite value. */
    NOT_A_NUMBER(false),
    /** An image without labels among labelled ones. */
    NO_LABELS(false);

    private final boolean leavesOut;

    Kind(boolean leavesOut) {
      this.leavesOut = leavesOut;
    }
  }

  /** Whether the file is left out; otherwise the case is used as it is. */
  public boolean leavesOut() {
    return kind.leavesOut;
  }

  /** One sentence: case, what was found, what was expected, what to do. */
  public String sentence() {
    return kind == Kind.UNREADABLE
        ? found + "; " + remedy
        : caseId + ": " + found + ": " + expected + "; " + remedy;
  }

  /** A case that could not be read, from the sentence that says why. */
  static DataProblem unreadable(String caseId, String sentence) {
    int end = sentence.lastIndexOf("; ");
    return end < 0
        ? new DataProblem(caseId, Kind.UNREADABLE, sentence, SOUND, "check the file")
        : new DataProblem(
            caseId,
            Kind.UNREADABLE,
            sentence.substring(0, end),
            SOUND,
            sentence.substring(end + 2));
  }

  private static final String SOUND = "a sound file";
}
