package org.maskmine.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.maskmine.data.Structure;
import org.maskmine.mining.Retraining;
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

  /** Those that choose whatever the value is. */
  private static final Set<String> OTHERS = Set.of(HERE, YOURS);

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

  private RecipeTable() {}

  static Table of(StoredRun run) {
    Recipe recipe = run.recipe();
    var setting = StringColumn.create("setting");
    var value = StringColumn.create("value");
    var source = StringColumn.create("source");
    Map<String, String> sources = sources(recipe, run.info().kind());
    settings(recipe)
        .forEach(
            (name, v) -> {
              setting.append(name);
              value.append(v);
              source.append(
                  OTHERS.contains(chosen(name))
                      ? chosen(name)
                      : sources.getOrDefault(entry(name, v), YOURS));
            });
    return Table.create(recipe.pipeline() + ", " + recipe.preset().label(), setting, value, source);
  }

  /** Who chose the values that a pipeline, and its retraining where a run is one, has by itself. */
  private static Map<String, String> sources(Recipe recipe, String kind) {
    Recipe paper = like(recipe, Preset.PAPER);
    Recipe demo = like(recipe, Preset.DEMO);
    Map<String, String> sources = new HashMap<>();
    settings(paper).forEach((name, v) -> sources.put(entry(name, v), chosen(name)));
    retraining(kind, Preset.PAPER)
        .ifPresent(
            r ->
                settings(r.apply(paper))
                    .forEach(
                        (name, v) ->
                            sources.putIfAbsent(entry(name, v), chosen(r.kind(), setting(name)))));
    Stream.concat(Stream.of(demo), retraining(kind, Preset.DEMO).map(r -> r.apply(demo)).stream())
        .forEach(
            own ->
                settings(own)
                    .forEach(
                        (name, v) -> sources.putIfAbsent(entry(name, v), "ours, for the demo")));
    return sources;
  }

  /** Of a retraining the paper gives the losses, with an ε of its own, and the read-outs. */
  private static String chosen(Retraining.Kind kind, String setting) {
    return switch (setting) {
      case "loss" ->
          switch (kind) {
            case PWCE -> "paper";
            case DICE -> "ours; kind paper";
            default -> "ours";
          };
      case "read-out" -> "paper";
      default -> "ours";
    };
  }

  private static Optional<Retraining> retraining(String kind, Preset preset) {
    return Arrays.stream(Retraining.Kind.values())
        .filter(k -> k.label().equals(kind))
        .map(k -> Retraining.of(k, preset))
        .findFirst();
  }

  private static String entry(String name, String value) {
    return name + " = " + value;
  }

  private static String setting(String name) {
    return name.substring(name.indexOf(": ") < 0 ? 0 : name.indexOf(": ") + 2);
  }

  private static String chosen(String name) {
    return SOURCES.getOrDefault(setting(name), "ours");
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
