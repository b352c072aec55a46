package org.maskmine.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.maskmine.DiskTrouble;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.Worker;
import org.maskmine.volume.Nifti;

/** Where data sets come from: folders and files, or the phantom, which becomes a folder. */
public final class Datasets {
  /** Changes when the phantom's volumes change, so that old ones are not taken for new ones. */
  private static final int PHANTOM_FORMAT = 3;

  private Datasets() {}

  /**
   * Opens scans by what their layout says: folders in the layout of LiTS, of the Medical
   * Segmentation Decathlon or of nnU-Net.
   *
   * <p>Every voxel is looked at once; what was found is remembered by path, size and time of
   * modification. Cases that are not sound are left out and named in {@link Dataset#problems}.
   * Labelled cases are split 85 : 15 into training and validation (PAPER section 3.3) by a fixed
   * seed, unless the source says otherwise or its first folder holds a {@code split.json}.
   *
   * @param memory folder for what was found
   * @throws UserError where the folder is missing, its layout is not known, or no case can be used
   */
  public static Dataset open(Source source, Path memory, Progress progress) {
    return new Opening(source, memory).open(progress);
  }

  /**
   * The phantom as a data set: drawn once into a cache folder as LiTS-named NIfTI files, and read
   * from there as any other data set.
   *
   * @param cache folder that holds one folder per phantom
   */
  public static Dataset phantom(Path cache, Phantom.Options options, Progress progress) {
    Path folder = cache.resolve("phantom-" + PHANTOM_FORMAT + "-" + options.folder());
    if (!Files.isDirectory(folder)) {
      Worker.run(
          progress,
          guarded -> {
            draw(cache, folder, options, guarded);
            return folder;
          });
    }
    return open(Source.of(folder).named("phantom"), cache.resolve("known"), progress);
  }

  /** Drawn beside its place and then moved there, so that half a phantom is never found. */
  private static void draw(Path cache, Path folder, Phantom.Options options, Progress progress) {
    try {
      WholeFile.sweep(cache);
      WholeFile.writeFolder(folder, unfinished -> drawInto(unfinished, options, progress));
    } catch (IOException e) {
      throw DiskTrouble.writing(folder, e);
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
                drawOne(folder, n, options);
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

  private static void drawOne(Path folder, int n, Phantom.Options options) {
    var drawn = options.draw(n);
    Nifti.write(folder.resolve("volume-" + n + ".nii.gz"), drawn.image());
    Nifti.write(folder.resolve("segmentation-" + n + ".nii.gz"), drawn.labels());
    Nifti.write(Anatomy.file(folder, n), drawn.anatomy());
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "volume-" + n).toList();
  }
}
