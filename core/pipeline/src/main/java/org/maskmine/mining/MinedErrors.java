package org.maskmine.mining;

import java.util.List;
import java.util.Map;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Structure;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.volume.Mask;

/**
 * The errors of a run on its training cases.
 *
 * @param run whose errors these are
 * @param data that it was trained on
 * @param store that the run lies in
 * @param masks per structure and case id: TN 0, FP 1, FN 2, TP 3
 */
public record MinedErrors(
    StoredRun run, Dataset data, RunStore store, Map<Structure, Map<String, Mask>> masks) {
  /** Copies the maps. */
  public MinedErrors {
    masks = Map.copyOf(masks);
  }

  /**
   * The error mask of one case.
   *
   * @throws UserError where the case was not mined
   */
  public Mask mask(Structure structure, String caseId) {
    Map<String, Mask> cases = masks.getOrDefault(structure, Map.of());
    Mask mask = cases.get(caseId);
    if (mask == null) {
      throw new UserError(
          "case \""
              + caseId
              + "\": its "
              + structure.label()
              + " errors were not mined; mined are "
              + String.join(", ", caseIds()));
    }
    return mask;
  }

  /** The cases that were mined, in the data set's order. */
  public List<String> caseIds() {
    return data.cases().stream()
        .map(c -> c.id())
        .filter(id -> masks.values().stream().allMatch(m -> m.containsKey(id)))
        .toList();
  }
}
