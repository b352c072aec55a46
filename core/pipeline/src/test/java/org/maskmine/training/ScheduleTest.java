package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void steps_down_when_a_share_of_the_epochs_is_over() {
    var schedule = new Schedule(List.of(0.6, 0.85), 0.2);
    // As PyTorch's MultiStepLR with milestones int(12 * 0.6) = 7 and int(12 * 0.85) = 10.
    double[] expected = new double[12];
    java.util.Arrays.fill(expected, 0, 7, 3e-4);
    java.util.Arrays.fill(expected, 7, 10, 6e-5);
    java.util.Arrays.fill(expected, 10, 12, 1.2e-5);
    for (int epoch = 0; epoch < 12; epoch++) {
      assertThat(schedule.rate(3e-4, epoch, 12)).isCloseTo(expected[epoch], within(1e-12));
    }
  }

  /** int(1 * 0.6) is 0: a single epoch would be over before it began. */
  @Test
  void the_first_epoch_has_the_base_rate() {
    assertThat(new Schedule(List.of(0.6, 0.85), 0.2).rate(3e-4, 0, 1)).isEqualTo(3e-4);
  }
}
