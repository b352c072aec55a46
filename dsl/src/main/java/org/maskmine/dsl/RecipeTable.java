package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.maskmine.data.Structure;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.network.Architecture;
import org.maskmine.network.UNet;
import org.maskmine.training.Head;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StoredRun;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Every setting of a recipe, and where its value comes from (PAPER section 4). */
final class RecipeTable {
  private static final String HERE = "this machine";
  private static final String YOURS = "yours";
  private static final String OURS_FOR_THE_DEMO = "ours, for the demo";

  /** Who chose the value that the paper's preset has. */
  private static final Map<String, String> SOURCES =
      Map.ofEntries(
          Map.entry("HU window", "paper"),
          Map.entry("network", "ours; kind paper"),
          Map.entry("neighbouring slices", "ours; kind paper"),
          Map.entry("patch", "paper"),
          Map.entry("patches per step", "paper"),
          Map.entry("optimiser", "paper"),
          Map.entry("L2 penalty", "paper"),
          Map.entry("epochs", "paper"),
          Map.entry("learning rate", "paper"),
          Map.entry("schedule", "ours; kind paper"),
          Map.entry("kept weights", "paper"),
          Map.entry("early stop", "ours"),
          Map.entry("augmentation", "repo; kinds paper"),
          Map.entry("loss", "paper"),
          Map.entry("read-out", "paper"),
          Map.entry("sampling", "repo"),
          Map.entry("error emphasis", "ours"),
          Map.entry("lesion network begins", "repo"),
          Map.entry("seed", YOURS),
          Map.entry("engine", HERE),
          Map.entry("device", HERE),
          Map.entry("precision", HERE));

  /** What a retraining decides anew, of which the paper gives nothing. */
  private static final Set<String> DECIDED_ANEW =
      Set.of("epochs", "learning rate", "schedule", "kept weights", "early stop", "error emphasis");

  /** The settings that each preset has by itself, by name. */
  private record Presets(Map<String, String> paper, Map<String, String> demo) {
    static Presets of(Recipe recipe, UnaryOperator<Recipe> paper, UnaryOperator<Recipe> demo) {
      return new Presets(
          settings(paper.apply(like(recipe, Preset.PAPER))),
          settings(demo.apply(like(recipe, Preset.DEMO))));
    }
  }

  private RecipeTable() {}

  static Table of(StoredRun run) {
    Recipe recipe = run.recipe();
    var setting = StringColumn.create("setting");
    var value = StringColumn.create("value");
    var source = StringColumn.create("source");
    Presets base = Presets.of(recipe, UnaryOperator.identity(), UnaryOperator.identity());
    Optional<Kind> kind = kind(run);
    Optional<Presets> again =
        kind.map(
            k ->
                Presets.of(
                    recipe,
                    Retraining.of(k, Preset.PAPER)::apply,
                    Retraining.of(k, Preset.DEMO)::apply));
    Set<String> retrained = retrained(run);
    settings(recipe)
        .forEach(
            (name, v) -> {
              setting.append(name);
              value.append(v);
              source.append(
                  again
                      .filter(p -> retrained.contains(owner(name)))
                      .flatMap(p -> sourceOfRetraining(name, v, p, kind.orElseThrow()))
                      .orElseGet(() -> source(name, v, base)));
            });
    return Table.create(recipe.pipeline() + ", " + recipe.preset().label(), setting, value, source);
  }

  private static Optional<Kind> kind(StoredRun run) {
    return Arrays.stream(Kind.values())
        .filter(k -> k.label().equals(run.info().kind()))
        .findFirst();
  }

  /** The names of stages, and of their heads, that are not taken over from the parent. */
  private static Set<String> retrained(StoredRun run) {
    Set<String> names = new HashSet<>();
    for (StageRecipe stage : run.recipe().stages()) {
      if (!run.curve(stage.structure()).isEmpty()) {
        names.add(stage.name());
        stage.heads().forEach(head -> names.add(head.name()));
      }
    }
    return names;
  }

  private static String owner(String name) {
    return name.contains(": ") ? name.substring(0, name.indexOf(": ")) : "";
  }

  private static String setting(String name) {
    return name.contains(": ") ? name.substring(name.indexOf(": ") + 2) : name;
  }

  private static String source(String name, String value, Presets presets) {
    String chosen = SOURCES.getOrDefault(setting(name), "ours");
    if (value.equals(presets.paper().get(name)) || chosen.equals(YOURS) || chosen.equals(HERE)) {
      return chosen;
    }
    return value.equals(presets.demo().get(name)) ? OURS_FOR_THE_DEMO : YOURS;
  }

  /** Of a stage that was retrained; none for what it keeps from its base run. */
  private static Optional<String> sourceOfRetraining(
      String name, String value, Presets presets, Kind kind) {
    String setting = setting(name);
    boolean head = setting.equals("loss") || setting.equals("read-out");
    if (!head && !DECIDED_ANEW.contains(setting)) {
      return Optional.empty();
    }
    if (value.equals(presets.paper().get(name))) {
      return head ? ofThePaper(kind, setting) : Optional.of("ours");
    }
    if (value.equals(presets.demo().get(name))) {
      return Optional.of(OURS_FOR_THE_DEMO);
    }
    return head ? Optional.empty() : Optional.of(YOURS);
  }

  /** Of a retraining the paper gives the losses, but not dice's ε, and the read-outs. */
  private static Optional<String> ofThePaper(Kind kind, String setting) {
    return switch (kind) {
      case DICE -> Optional.of(setting.equals("loss") ? "ours; kind paper" : "paper");
      case PWCE -> Optional.of("paper");
      case TVERSKY, FOCAL -> Optional.of("ours");
      case CONTROL, SAMPLING -> Optional.empty();
    };
  }

  private static Recipe like(Recipe recipe, Preset preset) {
    Structure structure = recipe.structures().get(0);
    return switch (recipe.pipeline()) {
      case "cascade3d" -> Recipes.cascade3d(preset);
      case "combined2d" -> Recipes.combined2d(preset);
      case "unet2d" -> Recipes.unet2d(structure, preset);
      case "unet3d" -> Recipes.unet3d(structure, preset);
      default -> Recipes.cascade2d(preset);
    };
  }

  private static Map<String, String> settings(Recipe recipe) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "HU window",
        "[" + number(recipe.window().low()) + ", " + number(recipe.window().high()) + "]");
    for (StageRecipe stage : recipe.stages()) {
      for (Head head : stage.heads()) {
        all.put(head.name() + ": network", network(head.network()));
        all.put(head.name() + ": neighbouring slices", "" + head.network().slices());
        all.put(head.name() + ": loss", words(head.loss().toString()));
        all.put(head.name() + ": read-out", words(head.readOut().name()));
      }
      training(stage).forEach((name, value) -> all.put(stage.name() + ": " + name, value));
    }
    all.put(
        "lesion network begins", recipe.lesionFromLiver() ? "as the liver network" : "at random");
    all.put("seed", "" + recipe.seed());
    all.put("engine", recipe.engine());
    all.put("device", recipe.device());
    all.put("precision", recipe.precision().name().toLowerCase(Locale.ROOT));
    return all;
  }

  private static Map<String, String> training(StageRecipe s) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("patch", s.crop() + "×" + s.crop() + (s.depth() == 1 ? "" : "×" + s.depth()));
    all.put("patches per step", "" + s.batch());
    all.put("sampling", "half hold foreground");
    all.put("optimiser", "Adam");
    all.put("epochs", "" + s.epochs());
    all.put("learning rate", number(s.learningRate()));
    all.put("schedule", "× " + s.schedule().factor() + " at " + s.schedule().milestones());
    all.put("L2 penalty", number(s.l2()));
    all.put("kept weights", s.keep().name().toLowerCase(Locale.ROOT));
    all.put("early stop", s.patience() == 0 ? "never" : "after " + s.patience() + " epochs");
    all.put("augmentation", words(s.augmentation().toString()));
    all.put("error emphasis", words(s.emphasis().toString()));
    return all;
  }

  private static String network(Architecture network) {
    return network instanceof UNet net
        ? uNet(net)
        : network.dimensions() + "D, your own graph, " + network.levels() + " levels";
  }

  private static String uNet(UNet n) {
    List<String> words = new ArrayList<>();
    words.add(n.dimensions() + "D");
    words.add(n.base() + " channels");
    words.add(n.levels() + " levels");
    words.add(words(n.blocks().name()));
    words.add(words(n.norm().name()) + " norm");
    words.add(n.squeezeExcitation() ? "squeeze-and-excitation" : "no squeeze-and-excitation");
    return String.join(", ", words);
  }

  private static String words(String name) {
    return name.contains("[")
        ? name.replace('[', ' ').replace("]", "")
        : name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String number(double v) {
    return v == Math.rint(v) && Math.abs(v) < 1e6 ? "" + (long) v : "" + v;
  }
}
