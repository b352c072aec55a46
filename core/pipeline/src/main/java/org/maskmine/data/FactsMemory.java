package org.maskmine.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maskmine.Digest;
import org.maskmine.SealedText;
import org.maskmine.WholeFile;

/**
 * Facts about cases, kept in a folder from one opening of a data set to the next. Files are known
 * again by path, size and time of modification.
 */
final class FactsMemory {
  /** Changes when facts are found in another way. */
  private static final String FORMAT = "facts 2";

  /**
   * A file changed again within a clock tick would look the same; git waits for the same reason.
   */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** Hexadecimal digits of a file's name. */
  private static final int KEY = 32;

  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  private final Path folder;

  FactsMemory(Path folder) {
    this.folder = folder;
  }

  /** Facts as they were found before, else found now. */
  CaseFacts of(CaseFiles files, LabelMap map, Supplier<CaseFacts> look) {
    Optional<Path> place = place(files, map);
    Optional<CaseFacts> known = place.flatMap(FactsMemory::read);
    if (known.isPresent()) {
      return known.get();
    }
    CaseFacts facts = look.get();
    place.ifPresent(file -> write(file, facts));
    return facts;
  }

  /** Where facts about these files are kept; empty where a file changes just now. */
  private Optional<Path> place(CaseFiles files, LabelMap map) {
    try {
      var text = new StringBuilder(FORMAT).append('\n').append(map);
      Instant settled = Instant.now().minus(SETTLED);
      for (Path file : files.all()) {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        if (modified.isAfter(settled)) {
          return Optional.empty();
        }
        text.append('\n').append(file).append('\n').append(Files.size(file)).append('\n');
        text.append(modified);
      }
      String key = Digest.of(text.toString()).substring(0, KEY);
      return Optional.of(folder.resolve(key + ".json"));
    } catch (IOException e) {
      // Whoever reads the file will say what is wrong with it.
      return Optional.empty();
    }
  }

  private static Optional<CaseFacts> read(Path file) {
    try {
      @Nullable CaseFacts facts =
          GSON.fromJson(SealedText.open(WholeFile.readText(file)), CaseFacts.class);
      return Optional.ofNullable(facts);
    } catch (IOException | RuntimeException e) {
      // Not there yet, or damaged: found anew.
      return Optional.empty();
    }
  }

  private static void write(Path file, CaseFacts facts) {
    try {
      WholeFile.write(file, SealedText.seal(GSON.toJson(facts)));
    } catch (IOException e) {
      // A full or read-only disk: found anew next time.
    }
  }
}
