package org.maskmine.dsl.course;

import org.jspecify.annotations.Nullable;

/** What a lesson imports: {@code import static org.maskmine.dsl.course.Course.*;}. */
public final class Course {
  private Course() {}

  /**
   * Looks at an answer and shows a card: still open, right, or what is wrong with it.
   *
   * @param exercise such as {@code "1.2 Dice by hand"}
   * @param answer {@code null}, NaN and an empty text mean that nobody has answered yet
   */
  public static Check check(String exercise, @Nullable Object answer) {
    return new Check(exercise, answer);
  }

  /** Begins a drawing of curves: {@code plot("Loss").x("p", 0.01, 0.99).line("−log p", p -> …)}. */
  public static Plot plot(String title) {
    return new Plot(title);
  }

  /**
   * Points of two classes in the plane, which {@link Boosting#round} separates step by step.
   *
   * @param seed draws other points
   */
  public static Boosting boosting(long seed) {
    return Boosting.of(seed);
  }
}
