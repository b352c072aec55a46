package org.maskmine.training;

import java.nio.file.Path;
import org.maskmine.data.Source;

/** Runs on disk for tests that train nothing. */
public final class StoredRuns {
  private StoredRuns() {}

  /** A finished base run, named as its folder, without weights. */
  public static StoredRun in(Path folder) {
    var run =
        new StoredRun(
            folder,
            new RunInfo(
                folder.getFileName().toString(),
                "base",
                null,
                Recipe.cascade2d(),
                new RunInfo.DataInfo(Source.of(folder).named("phantom"), "f00d", 3, 2, 1),
                new RunInfo.Made("0", "none", "17", "here", "2026-01-01T00:00:00Z"),
                true,
                1));
    run.write();
    return run;
  }
}
