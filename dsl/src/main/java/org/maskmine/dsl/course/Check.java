package org.maskmine.dsl.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;

/** A student's answer with what is known about right and wrong ones, as a value. */
public final class Check implements Viewable {
  /** Numbers are right within this share of their size: students round. */
  private static final double TOLERANCE = 0.005;

  private final String exercise;
  private final @Nullable Object answer;
  private final @Nullable Object right;
  private final String hint;
  private final List<Mistake> mistakes;

  /** How far an exercise is. */
  public enum State {
    /** Nobody has answered. */
    OPEN,
    /** The answer is right. */
    RIGHT,
    /** The answer is wrong. */
    WRONG
  }

  private record Mistake(Object answer, String why) {}

  Check(String exercise, @Nullable Object answer) {
    this(exercise, answer, null, "", List.of());
  }

  private Check(
      String exercise,
      @Nullable Object answer,
      @Nullable Object right,
      String hint,
      List<Mistake> mistakes) {
    this.exercise = exercise;
    this.answer = answer;
    this.right = right;
    this.hint = hint;
    this.mistakes = List.copyOf(mistakes);
  }

  /** The right answer: a number (right within half a percent), numbers, a truth value or a word. */
  public Check is(Object right) {
    return new Check(exercise, answer, right, hint, mistakes);
  }

  /** Shown while the exercise is open, and where nothing better is known about a wrong answer. */
  public Check hint(String hint) {
    return new Check(exercise, answer, right, hint, mistakes);
  }

  /** What to say about a wrong answer that many give. */
  public Check mistake(Object answer, String why) {
    List<Mistake> all = new ArrayList<>(mistakes);
    all.add(new Mistake(answer, why));
    return new Check(exercise, this.answer, right, hint, all);
  }

  /** Whether the answer is there and right. */
  public State state() {
    if (isOpen()) {
      return State.OPEN;
    }
    return right != null && alike(answer, right) ? State.RIGHT : State.WRONG;
  }

  private boolean isOpen() {
    if (answer == null || answer.equals("")) {
      return true;
    }
    double[] numbers = numbers(answer);
    return numbers != null && (numbers.length == 0 || Double.isNaN(numbers[0]));
  }

  private static boolean alike(@Nullable Object given, Object wanted) {
    double[] a = numbers(given);
    double[] b = numbers(wanted);
    if (a == null || b == null) {
      return word(given).equals(word(wanted));
    }
    boolean same = a.length == b.length;
    for (int i = 0; same && i < a.length; i++) {
      same = Math.abs(a[i] - b[i]) <= TOLERANCE * Math.max(Math.abs(b[i]), 1e-6);
    }
    return same;
  }

  private static double @Nullable [] numbers(@Nullable Object value) {
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    if (value instanceof double[] numbers) {
      return numbers;
    }
    return null;
  }

  private static String word(@Nullable Object value) {
    return Objects.toString(value).strip().toLowerCase(Locale.ROOT);
  }

  private String sentence() {
    return switch (state()) {
      case OPEN -> "still open. " + (hint.isEmpty() ? "Fill in the cell above." : hint);
      case RIGHT -> "right.";
      case WRONG -> "not yet: you have " + shown(answer) + ". " + why();
    };
  }

  private String why() {
    return mistakes.stream()
        .filter(m -> alike(answer, m.answer()))
        .map(Mistake::why)
        .findFirst()
        .orElse(hint.isEmpty() ? "Look again." : hint);
  }

  private static String shown(@Nullable Object value) {
    double[] numbers = numbers(value);
    return numbers == null
        ? String.valueOf(value)
        : Arrays.stream(numbers).mapToObj(Check::shown).collect(Collectors.joining(", "));
  }

  private static String shown(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.4g", number);
  }

  @Override
  public View view() {
    return Views.card(
        switch (state()) {
          case OPEN -> "#888888";
          case RIGHT -> "#009E73";
          case WRONG -> "#D55E00";
        },
        "Exercise " + exercise,
        sentence());
  }

  @Override
  public String toString() {
    return "Exercise " + exercise + ": " + sentence();
  }
}
