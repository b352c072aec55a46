package org.maskmine.dsl;

import org.maskmine.data.Phantom;
import org.maskmine.data.Phantom.Difficulty;

/** What {@code load("phantom", …)} understands and no other data set does. */
public sealed interface PhantomOption extends LoadOption {
  /** The phantom with this option. */
  Phantom.Options applied(Phantom.Options options);

  /** How many cases; see {@link Maskmine#cases(int, int, int)}. */
  record Cases(int training, int validation, int test) implements PhantomOption {
    @Override
    public Phantom.Options applied(Phantom.Options options) {
      return options.cases(training, validation, test);
    }

    @Override
    public String toString() {
      return "cases(" + training + ", " + validation + ", " + test + ")";
    }
  }

  /** How many voxels; see {@link Maskmine#size(int, int)}. */
  record Voxels(int side, int slices) implements PhantomOption {
    @Override
    public Phantom.Options applied(Phantom.Options options) {
      return options.size(side, slices);
    }

    @Override
    public String toString() {
      return "size(" + side + ", " + slices + ")";
    }
  }

  /** How hard lesions are to see; see {@link Maskmine#difficulty}. */
  record Hardness(Difficulty difficulty) implements PhantomOption {
    @Override
    public Phantom.Options applied(Phantom.Options options) {
      return options.difficulty(difficulty);
    }

    @Override
    public String toString() {
      return "difficulty(" + difficulty + ")";
    }
  }

  /** How far the test cases are shifted; see {@link Maskmine#shift}. */
  record Shift(double share) implements PhantomOption {
    @Override
    public Phantom.Options applied(Phantom.Options options) {
      return options.siteShift(share);
    }

    @Override
    public String toString() {
      return "shift(" + share + ")";
    }
  }
}
