package org.maskmine.training;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Stored runs of every format. */
final class Examples {
  private Examples() {}

  /** The archive of a run. */
  static Path archive(int format, String kind) {
    String name = "runs/format-" + format + "-" + kind + ".zip";
    try {
      return Path.of(Objects.requireNonNull(Examples.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The run, taken over into a store. */
  static StoredRun run(RunStore store, int format, String kind) {
    return store.importFrom(archive(format, kind));
  }
}
