package org.maskmine.data;

import java.util.List;
import java.util.stream.Collectors;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;

/**
 * Which values of a label file mean liver and lesion.
 *
 * @param liver values of the liver outside its lesions: 1 in LiTS
 * @param lesion values of lesions: 2 in LiTS
 * @param strict whether any other value than these and 0 is a mistake; else it is background
 */
public record LabelMap(List<Integer> liver, List<Integer> lesion, boolean strict) {
  /** LiTS: 0 background, 1 liver, 2 lesion, and nothing else. */
  public static final LabelMap LITS = new LabelMap(List.of(1), List.of(2), true);

  /** Checks that every value means one thing. */
  public LabelMap {
    liver = List.copyOf(liver);
    lesion = List.copyOf(lesion);
    if (liver.isEmpty()) {
      throw new UserError("labels without a liver: name its value, as in labels(liver(5))");
    }
    for (int value : liver) {
      check("liver", value);
    }
    for (int value : lesion) {
      check("lesion", value);
      if (liver.contains(value)) {
        throw new UserError(
            "label " + value + ": is named as liver and as lesion; a value means one of them");
      }
    }
  }

  private static void check(String name, int value) {
    if (value < 1 || value > Byte.MAX_VALUE) {
      throw new UserError(
          name + "(" + value + "): a label is 1 to 127, and 0 is background; see the label file");
    }
  }

  /** What a value of the file means: 0 background, 1 liver, 2 lesion. */
  byte meaning(int value) {
    return (byte) (lesion.contains(value) ? 2 : liver.contains(value) ? 1 : 0);
  }

  /** Whether a value may stand in the file. */
  boolean allows(int value) {
    return !strict || value == 0 || meaning(value) != 0;
  }

  /** LiTS labels on the image's grid, in the file's own array. */
  Mask applied(Mask file, Geometry image) {
    byte[] table = new byte[Byte.MAX_VALUE + 1];
    for (int value = 0; value < table.length; value++) {
      table[value] = meaning(value);
    }
    byte[] values = file.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = table[values[i]];
    }
    return new Mask(image, values);
  }

  /** The values that may stand in a file, as a sentence lists them: {@code 0, 1, 2}. */
  String allowed() {
    return java.util.stream.Stream.of(List.of(0), liver, lesion)
        .flatMap(List::stream)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
