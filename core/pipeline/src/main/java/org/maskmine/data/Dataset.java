package org.maskmine.data;

import java.nio.file.Path;
import java.util.List;
import org.maskmine.UserError;

/**
 * Cases with their split.
 *
 * @param name as the user named it: {@code phantom}, {@code data/LiTS}
 * @param folder where the files lie
 * @param cases every case, in natural order of their ids
 * @param split training, validation and test
 * @param fingerprint hexadecimal SHA-256 over the files' content and the split; two data sets with
 *     the same fingerprint train the same network
 * @param problems findings about single cases that were left out or need a look
 */
public record Dataset(
    String name,
    Path folder,
    List<Case> cases,
    Split split,
    String fingerprint,
    List<DataProblem> problems) {
  /** Copies the lists. */
  public Dataset {
    cases = List.copyOf(cases);
    problems = List.copyOf(problems);
  }

  /** The cases of one part, in order. */
  public List<Case> of(Part part) {
    return split.of(part).stream().map(this::find).toList();
  }

  /**
   * The case with this id.
   *
   * @throws UserError where there is none, naming the ids there are
   */
  public Case find(String id) {
    return cases.stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "case \""
                        + id
                        + "\": not in "
                        + name
                        + "; its cases are "
                        + cases.get(0).id()
                        + " … "
                        + cases.get(cases.size() - 1).id()));
  }
}
