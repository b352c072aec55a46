package org.maskmine.kernel.shell;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * The name nearest to a misspelt one, or null where none is near: at most a third of its letters
   * wrong, swapped, missing or too many. Names of one or two letters are near to too much.
   */
  public static @Nullable String nearest(String misspelt, Collection<String> names) {
    int allowed = misspelt.length() <= 2 ? 0 : Math.max(1, misspelt.length() / 3);
    return names.stream()
        .filter(name -> !name.equals(misspelt))
        .filter(name -> Math.abs(name.length() - misspelt.length()) <= allowed)
        .filter(name -> distance(misspelt, name) <= allowed)
        .min(
            Comparator.comparing((String name) -> distance(misspelt, name))
                .thenComparing(name -> startsAlike(misspelt, name) ? 0 : 1)
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /** A verb was meant by what begins like a verb, a type by what begins like a type. */
  private static boolean startsAlike(String misspelt, String name) {
    return Character.isUpperCase(misspelt.charAt(0)) == Character.isUpperCase(name.charAt(0));
  }

  /** Edits between two words, a swap of neighbours being one (optimal string alignment). */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int edits(int[][] edits, String a, String b, int i, int j) {
    int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1), edits[i - 1][j - 1] + wrong);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
