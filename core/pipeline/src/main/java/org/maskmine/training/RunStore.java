package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.maskmine.UserError;
import org.maskmine.data.PreparedCache;

/** Runs on disk, one folder each. */
public final class RunStore {
  private final Path folder;

  /** A store in a folder, made when the first run is written. */
  public RunStore(Path folder) {
    this.folder = folder;
  }

  /** Every run that can be opened, the newest first. */
  public List<StoredRun> runs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(f -> Files.exists(f.resolve(StoredRun.INFO)))
          .map(StoredRun::open)
          .sorted(Comparator.comparing((StoredRun r) -> r.info().made().started()).reversed())
          .toList();
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be listed (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The run with this id.
   *
   * @throws UserError where there is none, naming those there are
   */
  public StoredRun run(String id) {
    return find(id)
        .orElseThrow(
            () -> {
              String known = String.join(", ", runs().stream().map(StoredRun::id).toList());
              return new UserError(
                  "run \""
                      + id
                      + "\": not in the run store; "
                      + (known.isEmpty() ? "it is empty, train one first" : "it holds " + known));
            });
  }

  /** Prepared cases of the runs' data; may be cleared at any time. */
  public PreparedCache cache() {
    return new PreparedCache(folder.resolve("prepared"));
  }

  Optional<StoredRun> find(String id) {
    Path run = folder(id);
    return Files.exists(run.resolve(StoredRun.INFO))
        ? Optional.of(StoredRun.open(run))
        : Optional.empty();
  }

  Path folder(String id) {
    return folder.resolve(id);
  }
}
