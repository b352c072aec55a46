package org.maskmine.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.maskmine.UserError;
import org.maskmine.data.Augmentation;

/**
 * {@code run.json} of every version of Maskmine, read for ever: what an earlier version wrote is
 * turned into today's form. An example of each lies in the tests.
 *
 * <p>Formats without a number, by what they have: 1 a folder of the data and one head per network;
 * 2 augmentation as well; 3 a source of the data instead of its folder; 4 heads and a preset. 5
 * groups patches and optimiser, and holds its number and a checksum.
 */
final class RunFormat {
  /** Today's. */
  static final int NOW = 5;

  private RunFormat() {}

  /** The run in today's form. */
  static JsonObject today(JsonObject run, Path file) {
    int format = run.has("format") ? run.get("format").getAsInt() : 0;
    if (format > NOW) {
      throw new UserError(
          file
              + ": was written by a newer Maskmine (run format "
              + format
              + ", this one knows up to "
              + NOW
              + "); update Maskmine to open it");
    }
    if (format < NOW) {
      data(run.getAsJsonObject("data"));
      recipe(run.getAsJsonObject("recipe"));
      run.addProperty("format", NOW);
    }
    return run;
  }

  private static void data(JsonObject data) {
    if (data.has("folder")) {
      var paths = new JsonArray();
      paths.add(data.get("folder"));
      var source = new JsonObject();
      source.add("name", data.get("name"));
      source.add("paths", paths);
      data.add("source", source);
    }
  }

  private static void recipe(JsonObject recipe) {
    absent(recipe, "preset", Preset.DEMO.name());
    JsonObject window = recipe.getAsJsonObject("window");
    if (!window.has("deviation")) {
      window.addProperty("deviation", 1);
    }
    for (JsonElement stage : recipe.getAsJsonArray("stages")) {
      stage(stage.getAsJsonObject());
    }
  }

  private static void stage(JsonObject stage) {
    if (!stage.has("heads")) {
      var heads = new JsonArray();
      heads.add(moved(stage, "structure", "network", "loss", "readOut"));
      stage.add("heads", heads);
    }
    if (!stage.has("depth")) {
      stage.addProperty("depth", 1);
    }
    stage.add("patches", moved(stage, "crop", "depth", "batch"));
    stage.add("optimiser", moved(stage, "epochs", "learningRate", "schedule", "l2"));
    if (!stage.has("augmentation")) {
      stage.add("augmentation", Json.tree(Augmentation.FLIPS));
    }
    if (!stage.has("emphasis")) {
      stage.add("emphasis", Json.tree(Emphasis.NONE));
    }
  }

  private static JsonObject moved(JsonObject from, String... names) {
    var to = new JsonObject();
    for (String name : names) {
      to.add(name, from.remove(name));
    }
    return to;
  }

  private static void absent(JsonObject object, String name, String value) {
    if (!object.has(name)) {
      object.addProperty(name, value);
    }
  }
}
