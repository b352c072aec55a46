package org.maskmine.data;

import java.util.List;
import org.maskmine.UserError;

/**
 * Cases with their split.
 *
 * @param source where the files lie, and how they are read
 * @param cases every case, in natural order of their ids
 * @param split training, validation and test
 * @param fingerprint hexadecimal SHA-256 over the cases' content and the split; two data sets with
 *     the same fingerprint train the same network
 * @param problems findings about single cases; some were left out for them
 */
public record Dataset(
    Source source, List<Case> cases, Split split, String fingerprint, List<DataProblem> problems) {
  /** Copies the lists. */
  public Dataset {
    cases = List.copyOf(cases);
    problems = List.copyOf(problems);
  }

  /** As the user named it: {@code phantom}, {@code data/LiTS}. */
  public String name() {
    return source.name();
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
                        + name()
                        + "; its cases are "
                        + cases.get(0).id()
                        + " … "
                        + cases.get(cases.size() - 1).id()));
  }
}
