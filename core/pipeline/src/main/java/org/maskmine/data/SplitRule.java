package org.maskmine.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.maskmine.UserError;

/**
 * How labelled cases are parted: by volume, drawn from a seed.
 *
 * @param validation share of the labelled cases that chooses the best weights
 * @param test share of the labelled cases that is held out
 * @param seed another seed draws other cases
 */
public record SplitRule(double validation, double test, long seed) {
  /** 85 : 15 into training and validation (PAPER section 3.3). */
  public static final SplitRule PAPER = new SplitRule(0.15, 0, 0);

  /** Checks that something is left for training. */
  public SplitRule {
    if (!(validation > 0 && test >= 0 && validation + test < 1)) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "split(%s, %s): shares for validation and test must be above 0 and together below 1;"
                  + " try split(0.15, 0.1)",
              validation,
              test));
    }
  }

  /**
   * Draws a split.
   *
   * @param labelled ids in the data set's order
   * @param others ids that belong to the test set anyway
   */
  Split draw(List<String> labelled, List<String> others) {
    var shuffled = new ArrayList<>(labelled);
    Collections.shuffle(shuffled, new Random(seed));
    int most = Math.max(0, labelled.size() - 1);
    int held = Math.min(part(validation, labelled), most);
    int tested = test == 0 ? 0 : Math.min(part(test, labelled), most - held);
    List<String> validating = shuffled.subList(0, held);
    List<String> testing = shuffled.subList(held, held + tested);
    return new Split(
        labelled.stream().filter(id -> !validating.contains(id) && !testing.contains(id)).toList(),
        labelled.stream().filter(validating::contains).toList(),
        java.util.stream.Stream.concat(labelled.stream().filter(testing::contains), others.stream())
            .toList());
  }

  private static int part(double share, List<String> labelled) {
    return Math.max(1, (int) Math.round(share * labelled.size()));
  }
}
