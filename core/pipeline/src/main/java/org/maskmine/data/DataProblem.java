package org.maskmine.data;

/** A finding about one case of a data set that speaks for itself. */
public sealed interface DataProblem {
  /** The case it is about. */
  String caseId();

  /** One sentence: what was found, what was expected, what to do. */
  String sentence();

  /** A file that could not be read; the case is left out. */
  record Unreadable(String caseId, String reason) implements DataProblem {
    @Override
    public String sentence() {
      return reason;
    }
  }

  /** An image and its labels on different grids; the case is left out. */
  record GridMismatch(String caseId, String imageSize, String labelSize) implements DataProblem {
    @Override
    public String sentence() {
      return "labels of "
          + caseId
          + " have "
          + labelSize
          + " voxels: must have "
          + imageSize
          + " as its image; check that both files belong to the same case";
    }
  }

  /** A second image with the number of another; it is ignored. */
  record Doubled(String caseId, String ignored) implements DataProblem {
    @Override
    public String sentence() {
      return ignored
          + " is ignored: another file already is "
          + caseId
          + "; delete one or give it a number of its own";
    }
  }
}
