package org.maskmine.data;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Optional;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/**
 * A case whose voxels lie in files: kept in memory as long as there is room, and read again when
 * they had to go. Small data sets thus stay in memory, large ones do not fill it.
 */
final class StoredCase implements Case {
  private final String id;
  private final Path imageFile;
  private final Optional<Path> labelFile;
  private final Geometry geometry;
  private SoftReference<Volume> image;
  private SoftReference<Mask> labels;

  /** A case that was just read from its files. */
  StoredCase(
      String id, Path imageFile, Volume image, Optional<Path> labelFile, Optional<Mask> labels) {
    this.id = id;
    this.imageFile = imageFile;
    this.labelFile = labelFile;
    this.geometry = image.geometry();
    this.image = new SoftReference<>(image);
    this.labels = new SoftReference<>(labels.orElse(null));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public synchronized Volume image() {
    Volume kept = image.get();
    if (kept == null) {
      kept = Nifti.readVolume(imageFile);
      image = new SoftReference<>(kept);
    }
    return kept;
  }

  @Override
  public synchronized Optional<Mask> labels() {
    return labelFile.map(this::keptLabels);
  }

  private Mask keptLabels(Path file) {
    Mask kept = labels.get();
    if (kept == null) {
      kept = Nifti.readMask(file);
      labels = new SoftReference<>(kept);
    }
    return kept;
  }
}
