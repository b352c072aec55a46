package org.maskmine.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.Source;
import org.maskmine.data.Structure;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Scores;

/** Runs on disk for tests that train nothing. */
public final class StoredRuns {
  private StoredRuns() {}

  /** A finished base run, named as its folder, with a single number as its weights. */
  public static StoredRun in(Path folder) {
    return in(folder, null);
  }

  static StoredRun in(Path folder, @Nullable String digest) {
    var run =
        new StoredRun(
            folder,
            new RunInfo(
                RunFormat.NOW,
                folder.getFileName().toString(),
                digest,
                "base",
                null,
                Recipe.cascade2d(),
                new RunInfo.DataInfo(Source.of(folder).named("phantom"), "f00d", 3, 2, 1),
                new RunInfo.Made("0", "none", "17", "here", "2026-01-01T00:00:00Z"),
                true,
                1));
    run.write();
    var weights = new Weights(Map.of("w", new Weights.Array(new int[] {1}, new float[] {1})));
    for (Structure structure : run.recipe().structures()) {
      run.write(run.kept(structure), weights);
    }
    run.write(new Scores(List.of()));
    return run;
  }
}
