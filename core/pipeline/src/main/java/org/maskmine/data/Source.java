package org.maskmine.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maskmine.volume.Spacing;

/**
 * Where a data set lies and how it is read; enough to open it again.
 *
 * @param name as the user named it: {@code phantom}, {@code data/LiTS}
 * @param paths folders or single files, absolute
 * @param labelFile labels of a single scan
 * @param labels what the label values mean; none for what the layout says
 * @param split how labelled cases are parted; none for what is written beside them, else 85 : 15
 * @param spacing to which every case is resampled; none for each one's own
 */
public record Source(
    String name,
    List<String> paths,
    @Nullable String labelFile,
    @Nullable LabelMap labels,
    @Nullable SplitRule split,
    @Nullable Spacing spacing) {
  /** Copies the list. */
  public Source {
    paths = List.copyOf(paths);
  }

  /** A folder or file, read by what its layout says. */
  public static Source of(Path path) {
    return new Source(path.toString(), List.of(absolute(path)), null, null, null, null);
  }

  /** The same under another name. */
  public Source named(String name) {
    return new Source(name, paths, labelFile, labels, split, spacing);
  }

  /** The same with one more folder. */
  public Source and(Path path) {
    var all = new java.util.ArrayList<>(paths);
    all.add(absolute(path));
    return new Source(name, all, labelFile, labels, split, spacing);
  }

  /** The same with labels for a single scan. */
  public Source labelFile(Path file) {
    return new Source(name, paths, absolute(file), labels, split, spacing);
  }

  /** The same with other label values. */
  public Source labels(LabelMap labels) {
    return new Source(name, paths, labelFile, labels, split, spacing);
  }

  /** The same with another split. */
  public Source split(SplitRule split) {
    return new Source(name, paths, labelFile, labels, split, spacing);
  }

  /** The same with every case resampled. */
  public Source spacing(Spacing spacing) {
    return new Source(name, paths, labelFile, labels, split, spacing);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
