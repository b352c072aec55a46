package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.maskmine.UserError;
import org.maskmine.data.PreparedCache;

/** Runs on disk, one folder each. */
public final class RunStore {
  private final Path folder;
  private final boolean anew;

  /** A store in a folder, made when the first run is written. */
  public RunStore(Path folder) {
    this(folder, false);
  }

  private RunStore(Path folder, boolean anew) {
    this.folder = folder;
    this.anew = anew;
  }

  /** The same store, in which every training begins anew in the place of what is stored. */
  public RunStore anew() {
    return new RunStore(folder, true);
  }

  /**
   * Deletes a run with everything in its folder.
   *
   * @throws UserError where there is none, naming those there are
   */
  public void delete(String id) {
    deleteFolder(run(id).folder());
  }

  /**
   * Writes a run with its weights, curves, scores and errors into one zip file.
   *
   * @throws UserError where there is no such run or the file cannot be written
   */
  public void export(String id, Path zip) {
    RunArchive.write(run(id).folder(), zip);
  }

  /**
   * Takes over a run that {@link #export} wrote, here or elsewhere.
   *
   * @throws UserError where the file holds anything else, or the store already has the run
   */
  public StoredRun importFrom(Path zip) {
    if (!Files.isRegularFile(zip)) {
      throw new UserError(
          zip + ": there is no such file; give one that export(run, …) has written");
    }
    return StoredRun.open(RunArchive.read(zip, folder));
  }

  /** Every run that can be opened, the newest first. */
  public List<StoredRun> runs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(f -> !f.getFileName().toString().startsWith("."))
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

  /** The run that a training goes on from or returns; empties its place where it begins anew. */
  Optional<StoredRun> resumable(String id) {
    if (anew) {
      deleteFolder(folder(id));
    }
    return find(id);
  }

  /** Hidden first, so that a run is there whole or not at all. */
  static void deleteFolder(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    Path hidden = folder.resolveSibling(".deleted-" + UUID.randomUUID());
    try {
      Files.move(folder, hidden);
      try (Stream<Path> files = Files.walk(hidden)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be deleted (" + e.getMessage() + ")", e);
    }
  }

  Path folder(String id) {
    return folder.resolve(id);
  }
}
