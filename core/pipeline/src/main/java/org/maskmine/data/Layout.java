package org.maskmine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.maskmine.data.DataProblem.Kind;

/** A way in which people name files and folders. */
interface Layout {
  /** The cases that lie here; empty where the files are named in another way. */
  Optional<Found> find(List<Path> folders);

  /**
   * Cases as their files promise them.
   *
   * @param labels what the layout says about label values, asked only where the user says nothing
   * @param problems files that belong to no case
   */
  record Found(List<CaseFiles> cases, Supplier<LabelMap> labels, List<DataProblem> problems) {
    /** Sorts the cases as people count, those of the test set last. */
    public Found {
      cases =
          cases.stream()
              .sorted(
                  Comparator.comparing(CaseFiles::test)
                      .thenComparing(CaseFiles::id, NaturalOrder.INSTANCE))
              .toList();
      problems = List.copyOf(problems);
    }
  }

  /** Files by the case they belong to; of several for one case the first counts. */
  final class Candidates {
    private final Map<String, Path> chosen = new HashMap<>();
    private final List<DataProblem> problems;

    Candidates(List<DataProblem> problems) {
      this.problems = problems;
    }

    void add(String caseId, Path file) {
      Path first = chosen.putIfAbsent(caseId, file);
      if (first != null) {
        problems.add(
            new DataProblem(
                caseId,
                Kind.IGNORED_FILE,
                "a second file " + file + " beside " + first,
                "one file is enough and the first is used",
                "delete one of them or give it a name of its own"));
      }
    }

    Map<String, Path> byCase() {
      return chosen;
    }

    /** Takes a case's file out, so that those without a partner are left. */
    Optional<Path> take(String caseId) {
      return Optional.ofNullable(chosen.remove(caseId));
    }

    /** Says that these labels belong to no image. */
    List<DataProblem> orphans() {
      List<DataProblem> orphans = new ArrayList<>();
      chosen.forEach(
          (caseId, file) ->
              orphans.add(
                  new DataProblem(
                      caseId,
                      Kind.IGNORED_FILE,
                      "labels " + file + " without an image",
                      "labels belong to an image of the same name",
                      "add the image or delete the labels")));
      return orphans;
    }
  }
}
