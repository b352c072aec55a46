package org.maskmine.mining;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.scoring.Confusion;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;

/**
 * The errors of a run, voxel by voxel: on its training cases, and on others where that was asked.
 * The masks lie beside the run and are read when needed.
 */
public final class MinedErrors {
  private final StoredRun run;
  private final Dataset data;
  private final RunStore store;
  private final Map<Structure, Map<String, Confusion>> counts = new EnumMap<>(Structure.class);
  private final Map<Path, SoftReference<Mask>> masks = new HashMap<>();

  MinedErrors(StoredRun run, Dataset data, RunStore store) {
    this.run = run;
    this.data = data;
    this.store = store;
  }

  /** The same errors, whose retrainings are stored elsewhere. */
  public MinedErrors in(RunStore other) {
    var errors = new MinedErrors(run, data, other);
    errors.counts.putAll(counts);
    return errors;
  }

  /** Writes the mask of a case beside the run. */
  synchronized void add(Structure structure, String caseId, Mask errors) {
    Path file = file(structure, caseId);
    Nifti.write(file, errors);
    masks.put(file, new SoftReference<>(errors));
    counts.computeIfAbsent(structure, s -> new HashMap<>()).put(caseId, count(errors));
  }

  /** Counts the mask that an earlier mining has left; false where there is none, or half of one. */
  synchronized boolean find(Structure structure, String caseId) {
    try {
      Confusion found = count(Nifti.readMask(file(structure, caseId)));
      counts.computeIfAbsent(structure, s -> new HashMap<>()).put(caseId, found);
      return true;
    } catch (UserError missing) {
      return false;
    }
  }

  private static Confusion count(Mask errors) {
    long[] n = new long[4];
    for (byte e : errors.values()) {
      n[e]++;
    }
    return new Confusion(n[ErrorMask.TN], n[ErrorMask.FP], n[ErrorMask.FN], n[ErrorMask.TP]);
  }

  private Path file(Structure structure, String caseId) {
    return run.folder()
        .resolve(StoredRun.ERRORS)
        .resolve(structure.label() + "-" + caseId + ".nii.gz");
  }

  /** Whose errors these are. */
  public StoredRun run() {
    return run;
  }

  /** What it was trained on. */
  public Dataset data() {
    return data;
  }

  /** Where retrained runs are stored. */
  public RunStore store() {
    return store;
  }

  /**
   * The error mask of one case: TN 0, FP 1, FN 2, TP 3.
   *
   * @throws UserError where the case was not mined
   */
  public synchronized Mask mask(Structure structure, String caseId) {
    count(structure, caseId);
    Path file = file(structure, caseId);
    @Nullable SoftReference<Mask> reference = masks.get(file);
    @Nullable Mask kept = reference == null ? null : reference.get();
    if (kept == null) {
      kept = read(file);
      masks.put(file, new SoftReference<>(kept));
    }
    return kept;
  }

  private Mask read(Path file) {
    try {
      return Nifti.readMask(file);
    } catch (UserError e) {
      throw new UserError(e.getMessage() + ", or mine the run again", e);
    }
  }

  /**
   * The voxels of each error class in one case.
   *
   * @throws UserError where the case was not mined
   */
  public Confusion count(Structure structure, String caseId) {
    Confusion count = counts.getOrDefault(structure, Map.of()).get(caseId);
    if (count == null) {
      throw new UserError(notMined(structure, caseId));
    }
    return count;
  }

  private String notMined(Structure structure, String caseId) {
    String about = "case \"" + caseId + "\": its " + structure.label() + " errors were not mined; ";
    List<String> mined = caseIds();
    if (mined.contains(caseId)) {
      return about + "run " + run.id() + " does not segment it";
    }
    if (!data.find(caseId).isLabelled()) {
      return about + "it has no labels";
    }
    Part part =
        Arrays.stream(Part.values())
            .filter(p -> data.split().of(p).contains(caseId))
            .findFirst()
            .orElseThrow();
    return about
        + "mined are "
        + mined.get(0)
        + " … "
        + mined.get(mined.size() - 1)
        + "; mine(run, also("
        + part
        + ")) mines it as well";
  }

  /** The voxels of each error class in all mined cases of a part. */
  public Confusion total(Structure structure, Part part) {
    return caseIds(part).stream()
        .map(id -> count(structure, id))
        .reduce(Confusion.NONE, Confusion::plus);
  }

  /** The cases that were mined, in the data set's order. */
  public List<String> caseIds() {
    return data.cases().stream().map(Case::id).filter(this::isMined).toList();
  }

  /** The mined cases of one part, in its order. */
  public List<String> caseIds(Part part) {
    return data.split().of(part).stream().filter(this::isMined).toList();
  }

  private boolean isMined(String caseId) {
    return counts.values().stream().anyMatch(m -> m.containsKey(caseId));
  }

  /** The structures that the run segments. */
  public List<Structure> structures() {
    return List.copyOf(counts.keySet());
  }
}
