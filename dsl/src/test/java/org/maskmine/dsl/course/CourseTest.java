package org.maskmine.dsl.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.maskmine.dsl.course.Course.boosting;
import static org.maskmine.dsl.course.Course.check;
import static org.maskmine.dsl.course.Course.plot;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.UserError;
import org.maskmine.dsl.figure.Chart;

class CourseTest {
  private static final DoubleUnaryOperator ALPHA = e -> 0.5 * Math.log((1 - e) / e);

  private static String card(Check check) {
    return Objects.requireNonNull(check.view().content().get("text/plain"));
  }

  @Test
  void an_unanswered_exercise_shows_its_hint() {
    String open = "Exercise 1.2 Dice: still open. Two TP over all.";
    for (Object answer : new Object[] {null, Double.NaN, "", new double[] {}}) {
      assertThat(card(check("1.2 Dice", answer).is(0.7).hint("Two TP over all."))).isEqualTo(open);
    }
    assertThat(card(check("1.2 Dice", null).is(0.7)))
        .isEqualTo("Exercise 1.2 Dice: still open. Fill in the cell above.");
  }

  @Test
  void a_right_answer_may_be_rounded() {
    assertThat(card(check("1.2 Dice", 0.73).is(80.0 / 110))).isEqualTo("Exercise 1.2 Dice: right.");
    assertThat(check("1.2 Dice", 0.72).is(80.0 / 110).state()).isEqualTo(Check.State.WRONG);
    assertThat(check("words", " Tp ").is("TP").state()).isEqualTo(Check.State.RIGHT);
    assertThat(check("whole", 3).is(3.0).state()).isEqualTo(Check.State.RIGHT);
    assertThat(check("several", new double[] {1, 2}).is(new double[] {1, 2}).state())
        .isEqualTo(Check.State.RIGHT);
  }

  @Test
  void a_known_mistake_is_explained_and_any_other_gets_the_hint() {
    Check check =
        check("1.2 Dice", 0.5714)
            .is(80.0 / 110)
            .mistake(40.0 / 70, "That is Jaccard.")
            .hint("Two TP over all.");
    assertThat(card(check))
        .isEqualTo("Exercise 1.2 Dice: not yet: you have 0.5714. That is Jaccard.");
    assertThat(card(check("1.2 Dice", 7).is(0.7).hint("Two TP over all.")))
        .isEqualTo("Exercise 1.2 Dice: not yet: you have 7. Two TP over all.");
    assertThat(card(check("3.1", false).is(true)))
        .isEqualTo("Exercise 3.1: not yet: you have false. Look again.");
  }

  @Test
  void a_card_escapes_what_the_student_wrote() {
    assertThat(check("x", "<b>").is("y").view().content().get("text/html"))
        .contains("&lt;b&gt;")
        .contains("border-left:5px solid #D55E00");
  }

  @Test
  void a_plot_draws_functions_and_points_and_leaves_gaps_where_there_is_no_value() {
    Chart chart =
        plot("Loss")
            .x("p", 0, 1)
            .y("loss")
            .line("log", p -> -Math.log(p))
            .points("runs", new double[] {1, 2}, new double[] {3, 5})
            .chart();
    assertThat(chart.alt()).isEqualTo("Loss: log from 0.00 to 5.48; runs from 3.00 to 5.00");
  }

  @Test
  void a_plot_refuses_what_it_cannot_draw() {
    assertThatThrownBy(() -> plot("x").x("p", 1, 0))
        .isInstanceOf(UserError.class)
        .hasMessage("x(\"p\", 1.0, 0.0): must begin before it ends; swap them");
    assertThatThrownBy(() -> plot("x").points("runs", new double[2], new double[3]))
        .isInstanceOf(UserError.class)
        .hasMessage("points(\"runs\", …): 2 x and 3 y; give one y for each x");
  }

  /** Freund and Schapire 1997: the last learner is no better than chance on the new weights. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void after_a_round_the_points_that_the_cut_missed_weigh_one_half(long seed) {
    Boosting state = boosting(seed);
    for (int i = 0; i < 8; i++) {
      state = state.round(ALPHA);
      assertThat(state.wrongShare()).isCloseTo(0.5, within(1e-9));
      assertThat(Arrays.stream(state.weights()).sum()).isCloseTo(1, within(1e-12));
    }
  }

  /** Their bound: the vote's error is at most the product of 2·sqrt(ε(1 − ε)). */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_vote_keeps_its_bound(long seed) {
    Boosting state = boosting(seed).rounds(20, ALPHA);
    double bound =
        state.cuts().stream()
            .mapToDouble(c -> 2 * Math.sqrt(c.error() * (1 - c.error())))
            .reduce(1, (a, b) -> a * b);
    assertThat(state.misses() / 60.0).isLessThanOrEqualTo(bound);
    assertThat(state.misses()).isLessThan(boosting(seed).round(ALPHA).misses());
  }

  @Test
  void an_alpha_that_nobody_has_written_yet_changes_nothing() {
    Boosting state = boosting(1).rounds(3, e -> Double.NaN);
    assertThat(state.cuts()).isEmpty();
    assertThat(state.wrongShare()).isNaN();
    assertThat(state.view().content().get("text/plain")).isEqualTo("60 points, all of one weight");
  }
}
