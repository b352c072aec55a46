package org.maskmine.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.maskmine.DiskTrouble;
import org.maskmine.SealedText;
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
      WholeFile.write(folder.resolve(NAME), SealedText.seal(GSON.toJson(split)));
    } catch (IOException e) {
      throw DiskTrouble.writing(folder.resolve(NAME), e);
    }
  }

  /**
   * The split that is written down in a folder; empty where none is.
   *
   * @throws UserError where the file was damaged, or is none of a split
   */
  public static Optional<Split> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(SealedText.open(WholeFile.readText(file))));
    } catch (IOException e) {
      throw new UserError(
          file
              + ": cannot be read ("
              + DiskTrouble.words(e)
              + "); delete it or its line \"crc32c\" where the change is your own",
          e);
    } catch (RuntimeException e) {
      throw new UserError(
          file
              + ": cannot be read as a split; it needs the lists training, validation and test, or"
              + " delete it for a new one",
          e);
    }
  }

  private static Split parse(String text) {
    Split split = GSON.fromJson(text, Split.class);
    if (split == null) {
      throw new JsonParseException("nothing in it");
    }
    return split;
  }

  /** Only the cases that can be used. */
  static Split among(Split split, List<String> usable) {
    return new Split(
        split.training().stream().filter(usable::contains).toList(),
        split.validation().stream().filter(usable::contains).toList(),
        split.test().stream().filter(usable::contains).toList());
  }
}
