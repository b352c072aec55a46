package org.maskmine.dsl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final RecordedScreen screen = new RecordedScreen();

  @Test
  void thousands_of_reports_become_one_display_and_the_last_is_shown() {
    long begun = System.nanoTime();
    try (var bar = new ProgressBar(screen)) {
      for (int i = 0; i <= 20_000; i++) {
        bar.report("drawing <b>", i, 20_000, "");
      }
    }
    long tenths = (System.nanoTime() - begun) / 100_000_000;

    assertThat(screen.ids.stream().distinct()).hasSize(1);
    assertThat(screen.texts).hasSizeLessThanOrEqualTo((int) tenths + 2);
    assertThat(screen.texts).last().isEqualTo("drawing <b> 20000/20000");
    assertThat(screen.html)
        .last()
        .asString()
        .contains("value=\"20000\" max=\"20000\"", "&lt;b&gt;");
  }

  @Test
  void what_is_finished_says_how_long_each_part_took() {
    try (var bar = new ProgressBar(screen)) {
      bar.report("training the liver network", 1, 2, "");
      bar.report("scoring", 1, 2, "volume-1");
      bar.finish();
    }

    assertThat(screen.texts).last().isEqualTo("training the liver network 0 s · scoring 0 s");
  }

  @Test
  void an_interrupt_ends_the_work_at_its_next_report() {
    screen.interruptAfter = 0;
    try (var bar = new ProgressBar(screen)) {
      assertThatThrownBy(() -> bar.report("training", 0, 1, ""))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(screen.texts).isEmpty();
  }

  @Test
  void durations_read_as_people_say_them() {
    assertThat(List.of(12L, 185L, 7800L).stream().map(s -> ProgressBar.duration(s * 1_000_000_000)))
        .containsExactly("12 s", "3:05 min", "2:10 h");
  }
}
