package org.maskmine.data;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/**
 * A case whose voxels lie in files: read when asked for, kept in memory as long as there is room.
 * Small data sets thus stay in memory, large ones do not fill it.
 */
final class StoredCase implements Case {
  private final CaseFiles files;
  private final LabelMap map;
  private final CaseFacts facts;
  private SoftReference<@Nullable Volume> image = new SoftReference<>(null);
  private SoftReference<@Nullable Mask> labels = new SoftReference<>(null);

  StoredCase(CaseFiles files, LabelMap map, CaseFacts facts) {
    this.files = files;
    this.map = map;
    this.facts = facts;
  }

  @Override
  public String id() {
    return files.id();
  }

  @Override
  public Geometry geometry() {
    return facts.geometry();
  }

  @Override
  public CaseFacts facts() {
    return facts;
  }

  @Override
  public synchronized Volume image() {
    Volume kept = image.get();
    if (kept == null) {
      kept = files.image().read();
      check(files.image().path(), kept.geometry());
      image = new SoftReference<>(kept);
    }
    return kept;
  }

  @Override
  public synchronized Optional<Mask> labels() {
    return files.labels().map(this::keptLabels);
  }

  @Override
  public boolean isLabelled() {
    return files.labels().isPresent();
  }

  private Mask keptLabels(Path file) {
    Mask kept = labels.get();
    if (kept == null) {
      Mask read = Nifti.readMask(file);
      check(file, read.geometry());
      kept = map.applied(read, geometry());
      labels = new SoftReference<>(kept);
    }
    return kept;
  }

  private void check(Path file, Geometry found) {
    if (!found.sameGrid(geometry())) {
      throw new UserError(
          file
              + ": now holds "
              + found.size()
              + " voxels and held "
              + geometry().size()
              + " when it was loaded; load the data again");
    }
  }
}
