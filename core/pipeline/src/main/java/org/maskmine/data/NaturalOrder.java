package org.maskmine.data;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Names as people count them: {@code liver_9} before {@code liver_10}. */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  private static final Pattern BORDER = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  @Override
  public int compare(String a, String b) {
    String[] left = BORDER.split(a);
    String[] right = BORDER.split(b);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = comparePart(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return left.length != right.length ? left.length - right.length : a.compareTo(b);
  }

  private static int comparePart(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
