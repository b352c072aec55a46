package org.maskmine.kernel;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The Jupyter process that started this kernel. */
final class FrontEnd {
  /** Set by Jupyter for the kernels it starts. */
  private static final String STARTED_BY_JUPYTER = "JPY_PARENT_PID";

  private static final int LOOK_EVERY_S = 1;

  private FrontEnd() {}

  /** Calls once Jupyter was killed and could not ask its kernel to end. */
  static void whenGone(Runnable end) {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    if (System.getenv(STARTED_BY_JUPYTER) == null || parent.isEmpty()) {
      return;
    }
    var timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "front-end");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(
        () -> {
          // An orphan is given another parent at once.
          if (!ProcessHandle.current().parent().equals(parent)) {
            end.run();
          }
        },
        LOOK_EVERY_S,
        LOOK_EVERY_S,
        TimeUnit.SECONDS);
  }
}
