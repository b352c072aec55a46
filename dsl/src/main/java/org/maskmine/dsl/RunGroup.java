package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Part;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.Bar;
import org.maskmine.scoring.Confusion;
import org.maskmine.scoring.Gate;
import org.maskmine.scoring.PairedDifference;
import org.maskmine.scoring.Scores;
import org.maskmine.scoring.Summary;
import org.maskmine.training.StoredRun;

/**
 * Runs that differ in nothing but their seed, with their place in the story of mask mining.
 *
 * @param seeds the runs by seed, lowest first
 * @param lineage what was trained on what, without seeds: the same for all these runs
 * @param scores by seed
 */
record RunGroup(Map<Long, Run> seeds, List<String> lineage, Map<Long, Scores> scores) {

  /** Groups of runs: base before control before retrained, round after round. */
  static List<RunGroup> of(List<Run> runs) {
    Map<String, StoredRun> known =
        runs.stream()
            .map(Run::stored)
            .collect(Collectors.toMap(StoredRun::id, r -> r, (a, b) -> a, LinkedHashMap::new));
    Map<List<String>, Map<Long, Run>> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      groups
          .computeIfAbsent(lineage(run.stored(), known), l -> new java.util.TreeMap<>())
          .put(run.stored().recipe().seed(), run);
    }
    return groups.entrySet().stream()
        .map(e -> new RunGroup(e.getValue(), e.getKey(), scores(e.getValue())))
        .sorted(
            Comparator.comparing((RunGroup g) -> pipelines(runs).indexOf(g.pipeline()))
                .thenComparing(RunGroup::round)
                .thenComparing(g -> g.role().ordinal()))
        .toList();
  }

  private static List<String> pipelines(List<Run> runs) {
    return runs.stream().map(r -> r.stored().recipe().pipeline()).distinct().toList();
  }

  private static Map<Long, Scores> scores(Map<Long, Run> seeds) {
    Map<Long, Scores> scores = new LinkedHashMap<>();
    seeds.forEach((seed, run) -> scores.put(seed, run.stored().scores()));
    return scores;
  }

  /** Kind and recipe of every ancestor, the first base run first, then the run's own. */
  private static List<String> lineage(StoredRun run, Map<String, StoredRun> known) {
    List<String> lineage = new ArrayList<>();
    StoredRun parent = parent(run, known);
    if (parent != null) {
      lineage.addAll(lineage(parent, known));
    } else if (run.info().parent() != null) {
      lineage.add("a run that is no longer stored");
    }
    lineage.add(run.info().kind() + " " + run.recipe().seed(0));
    return lineage;
  }

  private static @Nullable StoredRun parent(StoredRun run, Map<String, StoredRun> known) {
    String id = run.info().parent();
    if (id == null || known.containsKey(id)) {
      return known.get(id);
    }
    try {
      return Home.runs().run(id);
    } catch (UserError deleted) {
      return null;
    }
  }

  Run first() {
    return seeds.values().iterator().next();
  }

  String kind() {
    return first().stored().info().kind();
  }

  String pipeline() {
    return first().stored().recipe().pipeline();
  }

  /** 0 for a base run, 1 after the first retraining. */
  int round() {
    return lineage.size() - 1;
  }

  Bar.Role role() {
    return switch (kind()) {
      case "base" -> Bar.Role.INITIAL;
      case "control" -> Bar.Role.CONTROL;
      case "dice" -> Bar.Role.RECALL;
      case "pwce" -> Bar.Role.ROBUSTNESS;
      default -> Bar.Role.OTHER;
    };
  }

  /** Whether this is the base run, or a run on the way, from which the other was retrained. */
  boolean isOriginOf(RunGroup other) {
    return other.lineage.size() > lineage.size()
        && other.lineage.subList(0, lineage.size()).equals(lineage);
  }

  /** What runs are compared by: lesions where all of them segment these, else the liver. */
  static Structure shown(List<RunGroup> groups) {
    boolean lesions =
        groups.stream()
            .allMatch(g -> g.first().stored().recipe().structures().contains(Structure.LESION));
    return lesions ? Structure.LESION : Structure.LIVER;
  }

  /** Where a structure is scored on its own: lesions inside the true liver. */
  static Gate gate(Structure structure) {
    return structure == Structure.LESION ? Gate.TRUE_LIVER : Gate.NONE;
  }

  /** Scores of one part and structure, of every seed. */
  List<Scores> of(Part part, Structure structure, Gate gate) {
    return scores.values().stream().map(s -> s.of(part, structure, gate)).toList();
  }

  /** Mean and sample standard deviation over the seeds. */
  Summary over(Part part, Structure structure, Gate gate, ToDoubleFunction<Scores> value) {
    return Summary.of(of(part, structure, gate).stream().mapToDouble(value));
  }

  /** Voxels counted over all cases, mean over the seeds. */
  Confusion voxels(Part part, Structure structure, Gate gate) {
    Confusion all =
        of(part, structure, gate).stream()
            .map(Scores::total)
            .reduce(Confusion.NONE, Confusion::plus);
    double n = seeds.size();
    return new Confusion(
        Math.round(all.tn() / n),
        Math.round(all.fp() / n),
        Math.round(all.fn() / n),
        Math.round(all.tp() / n));
  }

  /** Dice of each case, mean over the seeds; NaN where no seed has a score. */
  Map<String, Double> dice(Part part, Structure structure, Gate gate) {
    Map<String, List<Double>> dice = new LinkedHashMap<>();
    for (Scores seed : of(part, structure, gate)) {
      seed.cases()
          .forEach(
              c ->
                  dice.computeIfAbsent(c.caseId(), id -> new ArrayList<>())
                      .add(c.confusion().dice()));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    dice.forEach((id, d) -> means.put(id, mean(d)));
    return means;
  }

  /**
   * By how much the cases' Dice differs from another group's: of each case the mean difference over
   * the seeds that both have, and over the cases the mean with its interval.
   */
  PairedDifference against(RunGroup other, Part part, Structure structure, Gate gate) {
    Map<String, List<Double>> differences = new LinkedHashMap<>();
    scores.forEach(
        (seed, after) -> {
          Scores before = other.scores.get(seed);
          if (before != null) {
            Map<String, Double> dice = new LinkedHashMap<>();
            before
                .of(part, structure, gate)
                .cases()
                .forEach(c -> dice.put(c.caseId(), c.confusion().dice()));
            after
                .of(part, structure, gate)
                .cases()
                .forEach(
                    c ->
                        differences
                            .computeIfAbsent(c.caseId(), id -> new ArrayList<>())
                            .add(
                                c.confusion().dice()
                                    - Objects.requireNonNullElse(
                                        dice.get(c.caseId()), Double.NaN)));
          }
        });
    return PairedDifference.of(differences.values().stream().mapToDouble(RunGroup::mean).toArray());
  }

  /** Of the values that are there. */
  private static double mean(List<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(Double.NaN);
  }
}
