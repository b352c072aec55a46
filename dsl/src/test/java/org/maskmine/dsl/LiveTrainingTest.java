package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maskmine.dsl.view.RecordedScreen;
import org.maskmine.dsl.view.Screen;

/** The cell of a training: bar and curves together. */
class LiveTrainingTest {
  private final RecordedScreen screen = new RecordedScreen();

  @AfterEach
  void prints_again() {
    Screen.install(null);
  }

  @Test
  void bar_and_curves_of_the_fastest_training_change_at_most_ten_times_a_second() {
    Screen.install(screen);
    long begun = System.nanoTime();
    try (var training = new LiveTraining()) {
      for (int epoch = 1; System.nanoTime() - begun < 1_500_000_000L; epoch++) {
        training.report("training the lesion network", epoch, 1_000_000, "epoch " + epoch);
        training.epoch("lesion", epoch, 1.0 / epoch, 0.5);
        LockSupport.parkNanos(5_000_000);
      }
      training.finish();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;

    assertThat(screen.texts).anyMatch(text -> text.contains("epoch "));
    assertThat(screen.texts).anyMatch(text -> text.contains("Training"));
    // the first curve and the last state of the bar are shown at once
    assertThat(screen.texts).hasSizeLessThanOrEqualTo((int) (10 * seconds) + 2);
  }
}
