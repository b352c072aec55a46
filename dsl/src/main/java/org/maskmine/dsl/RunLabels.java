package org.maskmine.dsl;

import java.util.List;

/** What compared runs are called: as briefly as tells them apart. */
final class RunLabels {
  private RunLabels() {}

  /**
   * A label per group, different from the others of its pipeline.
   *
   * @param pipelines whether the pipeline is named where there are several
   */
  static List<String> of(List<RunGroup> groups, boolean pipelines) {
    boolean several = groups.stream().map(RunGroup::pipeline).distinct().count() > 1;
    boolean named = several && pipelines;
    return groups.stream()
        .map(g -> unique(g, groups, named) ? brief(g, named) : g.first().id())
        .toList();
  }

  /** Within its pipeline, whose name may stand elsewhere. */
  private static boolean unique(RunGroup group, List<RunGroup> groups, boolean named) {
    return groups.stream()
            .filter(g -> g.pipeline().equals(group.pipeline()))
            .filter(g -> brief(g, named).equals(brief(group, named)))
            .count()
        == 1;
  }

  private static String brief(RunGroup group, boolean pipeline) {
    String kind = group.round() == 0 ? "base" : group.kind();
    String round = group.round() > 1 ? ", round " + group.round() : "";
    return (pipeline ? group.pipeline() + " " : "") + kind + round;
  }
}
