package org.maskmine.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.maskmine.UserError;

/** The split as it is written down beside the files. */
final class SplitFile {
  static final String NAME = "split.json";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private SplitFile() {}

  static void write(Path folder, Split split) throws IOException {
    Files.writeString(folder.resolve(NAME), GSON.toJson(split));
  }

  static Split read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Split split = GSON.fromJson(Files.readString(file), Split.class);
      if (split == null) {
        throw new JsonParseException("nothing in it");
      }
      return split;
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          file
              + ": cannot be read as a split; it needs the lists training, validation and test, or"
              + " delete it for a new one",
          e);
    }
  }

  /** 85 : 15 by volume, at least one in each where there are two. */
  static Split drawn(List<String> labelled, List<String> unlabelled) {
    var shuffled = new ArrayList<>(labelled);
    Collections.shuffle(shuffled, new Random(0));
    int validation = Math.max(1, (int) Math.round(0.15 * labelled.size()));
    var held = shuffled.subList(0, Math.min(validation, labelled.size() - 1));
    return new Split(
        labelled.stream().filter(id -> !held.contains(id)).toList(),
        labelled.stream().filter(held::contains).toList(),
        unlabelled);
  }

  /** Only the cases that can be used. */
  static Split among(Split split, List<String> usable) {
    return new Split(
        split.training().stream().filter(usable::contains).toList(),
        split.validation().stream().filter(usable::contains).toList(),
        split.test().stream().filter(usable::contains).toList());
  }
}
