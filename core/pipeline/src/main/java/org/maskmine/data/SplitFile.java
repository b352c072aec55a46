package org.maskmine.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

/** The split as it is written down, beside the files of a data set and beside a run. */
public final class SplitFile {
  static final String NAME = "split.json";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private SplitFile() {}

  /**
   * Writes {@code split.json}, which fixes the split of the data set in whose folder it lies.
   *
   * @throws UserError where it cannot be written
   */
  public static void write(Path folder, Split split) {
    try {
      WholeFile.write(folder.resolve(NAME), GSON.toJson(split));
    } catch (IOException e) {
      throw DiskTrouble.writing(folder.resolve(NAME), e);
    }
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

  /** Only the cases that can be used. */
  static Split among(Split split, List<String> usable) {
    return new Split(
        split.training().stream().filter(usable::contains).toList(),
        split.validation().stream().filter(usable::contains).toList(),
        split.test().stream().filter(usable::contains).toList());
  }
}
