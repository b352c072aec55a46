package org.maskmine.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.volume.Nifti;

/** Where data sets come from: a folder with LiTS names, or the phantom, which becomes one. */
public final class Datasets {
  /** Changes when the phantom's volumes change, so that old ones are not taken for new ones. */
  private static final int PHANTOM_FORMAT = 2;

  private Datasets() {}

  /**
   * Opens a folder in the LiTS layout: {@code volume-N.nii[.gz]} with {@code
   * segmentation-N.nii[.gz]} (0 background, 1 liver, 2 lesion), and {@code test-volume-N.nii[.gz]}
   * without labels.
   *
   * <p>Labelled cases are split 85 : 15 into training and validation (PAPER section 3.3) by a fixed
   * seed, unless the folder holds a {@code split.json}.
   *
   * @throws UserError where the folder is missing, holds no such files, or no case can be used
   */
  public static Dataset open(Path folder, Progress progress) {
    return reopen(folder, folder.toString(), progress);
  }

  /**
   * Opens a folder again under the name that the user gave it.
   *
   * @throws UserError as {@link #open}
   */
  public static Dataset reopen(Path folder, String name, Progress progress) {
    return new LitsFolder(folder, name).open(progress);
  }

  /**
   * The phantom as a data set: drawn once into a cache folder as LiTS-named NIfTI files, and read
   * from there as any other data set.
   *
   * @param cache folder that holds one folder per phantom
   */
  public static Dataset phantom(Path cache, Phantom.Options options, Progress progress) {
    Path folder =
        cache.resolve(
            "phantom-%d-seed-%d-%d-%d-%d"
                .formatted(
                    PHANTOM_FORMAT,
                    options.seed(),
                    options.training(),
                    options.validation(),
                    options.test()));
    if (!Files.isDirectory(folder)) {
      draw(folder, options, progress);
    }
    return reopen(folder, "phantom", progress);
  }

  /** Drawn beside its place and then moved there, so that half a phantom is never found. */
  private static void draw(Path folder, Phantom.Options options, Progress progress) {
    Path unfinished = folder.resolveSibling("." + folder.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.createDirectories(unfinished);
      try {
        drawInto(unfinished, options, progress);
        publish(unfinished, folder);
      } finally {
        delete(unfinished);
      }
    } catch (IOException e) {
      throw new UserError(
          folder + ": cannot be written (" + e.getMessage() + "); free space or set MASKMINE_HOME",
          e);
    }
  }

  private static void drawInto(Path folder, Phantom.Options options, Progress progress)
      throws IOException {
    int training = options.training();
    int labelled = training + options.validation();
    int all = labelled + options.test();
    var done = new AtomicInteger();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    IntStream.range(0, all)
        .parallel()
        .filter(n -> failure.get() == null)
        .forEach(
            n -> {
              try {
                drawOne(folder, n, n >= labelled, options.seed());
                progress.report("drawing the phantom", done.incrementAndGet(), all, "");
              } catch (RuntimeException e) {
                // Thrown only after the other threads have stopped writing into the folder.
                failure.compareAndSet(null, e);
              }
            });
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
    SplitFile.write(
        folder, new Split(ids(0, training), ids(training, labelled), ids(labelled, all)));
  }

  private static void drawOne(Path folder, int n, boolean shifted, long seed) {
    var site = shifted ? Phantom.Site.T : n % 2 == 0 ? Phantom.Site.A : Phantom.Site.B;
    var drawn = Phantom.draw(seed * 100_003 + n, site);
    Nifti.write(folder.resolve("volume-" + n + ".nii.gz"), drawn.image());
    Nifti.write(folder.resolve("segmentation-" + n + ".nii.gz"), drawn.labels());
  }

  /** Whoever is first wins; both hold the same files. */
  private static void publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "volume-" + n).toList();
  }

  /** Hexadecimal SHA-256 over files, their names and a text. */
  static String fingerprint(List<Path> files, String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        try (var in = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
          }
        }
      }
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UserError(e.getMessage() + ": cannot be read; check its permissions", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
