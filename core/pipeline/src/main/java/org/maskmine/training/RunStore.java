package org.maskmine.training;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.data.PreparedCache;

/** Runs on disk, one folder each. Several kernels may share a store: a run is changed by one. */
public final class RunStore {
  /** Lengths of an id's part of the digest; the next is taken where another run has the id. */
  private static final int[] DIGITS = {6, 12, 24, 64};

  private final Path folder;
  private final Path preparedCases;
  private final boolean anew;

  /** A store in a folder, made when the first run is written. */
  public RunStore(Path folder) {
    this(folder, folder.resolve("prepared"), false);
  }

  private RunStore(Path folder, Path preparedCases, boolean anew) {
    this.folder = folder;
    this.preparedCases = preparedCases;
    this.anew = anew;
  }

  /** The same store, in which every training begins anew in the place of what is stored. */
  public RunStore anew() {
    return new RunStore(folder, preparedCases, true);
  }

  /** The same store, whose prepared cases lie elsewhere: on a disk of this machine. */
  public RunStore preparingIn(Path disk) {
    return new RunStore(folder, disk, anew);
  }

  /**
   * What a store holds.
   *
   * @param runs that can be opened, the newest first
   * @param damaged by its id, a sentence about each that cannot, with its file and what to do
   */
  public record Listing(List<StoredRun> runs, Map<String, String> damaged) {}

  /** Every run; a damaged one hides no other. */
  public Listing list() {
    List<StoredRun> runs = new ArrayList<>();
    Map<String, String> damaged = new TreeMap<>();
    for (Path run : folders()) {
      try {
        runs.add(StoredRun.open(run));
      } catch (UserError e) {
        damaged.put(run.getFileName().toString(), String.valueOf(e.getMessage()));
      }
    }
    runs.sort(Comparator.comparing((StoredRun r) -> r.info().made().started()).reversed());
    return new Listing(List.copyOf(runs), Collections.unmodifiableMap(damaged));
  }

  /** Every run that can be opened, the newest first. */
  public List<StoredRun> runs() {
    return list().runs();
  }

  private List<Path> folders() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .filter(f -> Files.exists(f.resolve(StoredRun.INFO)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError(
          folder + ": cannot be listed (" + DiskTrouble.words(e) + "); check its permissions", e);
    }
  }

  /**
   * The run with this id.
   *
   * @throws UserError where there is none, naming those there are, or it is damaged
   */
  public StoredRun run(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private UserError unknown(String id) {
    String known =
        String.join(", ", folders().stream().map(f -> f.getFileName().toString()).toList());
    return new UserError(
        "run \""
            + id
            + "\": not in the run store; "
            + (known.isEmpty() ? "it is empty, train one first" : "it holds " + known));
  }

  private Optional<StoredRun> find(String id) {
    return isStored(id) ? Optional.of(StoredRun.open(folder(id))) : Optional.empty();
  }

  /** A name with a path in it is none of ours. */
  private boolean isStored(String id) {
    return id.matches("[A-Za-z0-9][A-Za-z0-9_-]*")
        && Files.exists(folder(id).resolve(StoredRun.INFO));
  }

  /**
   * Where a run with this digest is or would be.
   *
   * @param digest hexadecimal SHA-256 over everything that decides the run
   */
  String place(String kind, String digest) {
    for (int digits : DIGITS) {
      String id = kind + "-" + digest.substring(0, digits);
      if (find(id).map(run -> digest.equals(run.info().digest())).orElse(true)) {
        return id;
      }
    }
    throw new IllegalStateException("another run under the whole digest " + digest);
  }

  /** The base run from which a run was retrained, over all rounds; empty where it was deleted. */
  Optional<StoredRun> origin(StoredRun run) {
    Optional<StoredRun> origin = Optional.empty();
    String parent = run.info().parent();
    while (parent != null) {
      origin = find(parent);
      parent = origin.map(r -> r.info().parent()).orElse(null);
    }
    return origin;
  }

  /** The finished run at a place. */
  Optional<StoredRun> finished(String id) {
    return anew ? Optional.empty() : find(id).filter(run -> run.info().finished());
  }

  /**
   * The run that a training goes on from; empties its place where it begins anew. The caller holds
   * its lock.
   */
  Optional<StoredRun> resumable(String id) {
    if (anew) {
      remove(id);
    }
    return find(id);
  }

  /**
   * Takes the right to change a run.
   *
   * @throws UserError where somebody else holds it
   */
  RunLock lock(String id) {
    return RunLock.take(prepared(), id);
  }

  /**
   * Works on a run's folder as the only one.
   *
   * @throws UserError where somebody else is at work on it
   */
  public <T> T change(String id, Supplier<T> work) {
    try (RunLock lock = lock(id)) {
      return work.get();
    }
  }

  /** The store's folder, for its owner's eyes alone where it is new, and swept. */
  private Path prepared() {
    try {
      Files.createDirectories(folder, ownerAlone());
      WholeFile.sweep(folder);
      return folder;
    } catch (IOException e) {
      throw DiskTrouble.writing(folder, e);
    }
  }

  private static FileAttribute<?>[] ownerAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Deletes a run with everything in its folder, a damaged one too.
   *
   * @throws UserError where there is none, naming those there are, or a kernel is at work on it
   */
  public void delete(String id) {
    if (!isStored(id)) {
      throw unknown(id);
    }
    try (RunLock lock = RunLock.take(folder, id)) {
      remove(id);
    }
  }

  private void remove(String id) {
    try {
      WholeFile.deleteFolder(folder(id));
    } catch (IOException e) {
      throw new UserError(
          folder(id) + ": cannot be deleted (" + DiskTrouble.words(e) + "); check its permissions",
          e);
    }
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
    return StoredRun.open(RunArchive.read(zip, prepared()));
  }

  /** Prepared cases of the runs' data; may be cleared at any time. */
  public PreparedCache cache() {
    return new PreparedCache(preparedCases);
  }

  Path folder(String id) {
    return folder.resolve(id);
  }
}
