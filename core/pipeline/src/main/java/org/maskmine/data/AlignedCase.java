package org.maskmine.data;

import java.lang.ref.SoftReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maskmine.Digest;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Orientation;
import org.maskmine.volume.Resampling;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/**
 * A case turned to canonical axes, and with another spacing where one is asked for: networks see
 * every scan the same way round, and masks find back to the grid of the file.
 */
final class AlignedCase implements Case {
  private final Case source;
  private final Orientation orientation;
  private final Geometry grid;
  private final CaseFacts facts;
  private SoftReference<@Nullable Volume> image = new SoftReference<>(null);
  private SoftReference<@Nullable Mask> labels = new SoftReference<>(null);

  private AlignedCase(Case source, Orientation orientation, Geometry grid) {
    this.source = source;
    this.orientation = orientation;
    this.grid = grid;
    this.facts = facts(source.facts());
  }

  /** The case itself where its axes are canonical and no other spacing is asked for. */
  static Case of(Case c, @Nullable Spacing spacing) {
    var orientation = Orientation.of(c.geometry());
    Geometry canonical = orientation.canonical();
    Geometry grid = spacing == null ? canonical : Resampling.grid(canonical, spacing);
    return orientation.isCanonical() && grid.equals(canonical)
        ? c
        : new AlignedCase(c, orientation, grid);
  }

  /** What is counted stays what the file holds; grid, slice and content are this case's. */
  private CaseFacts facts(CaseFacts f) {
    CaseFacts.LabelFacts l = f.labels();
    return new CaseFacts(
        content(f.content()),
        f.scan(),
        grid,
        f.lowestHu(),
        f.highestHu(),
        f.notFinite(),
        f.labelGeometry() == null ? null : grid,
        l == null
            ? null
            : new CaseFacts.LabelFacts(
                l.values(),
                l.liverVoxels(),
                l.lesionVoxels(),
                l.lesionSizes(),
                l.strayLesions(),
                slice(l.fullestSlice()),
                l.box(),
                l.liverHu(),
                l.lesionHu()));
  }

  private String content(String ofSource) {
    return Digest.of(ofSource + " " + grid);
  }

  private int slice(int ofSource) {
    double share = (orientation.canonicalSlice(ofSource) + 0.5) / orientation.canonical().nz();
    return Math.min(grid.nz() - 1, (int) (share * grid.nz()));
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public Geometry geometry() {
    return grid;
  }

  @Override
  public CaseFacts facts() {
    return facts;
  }

  @Override
  public boolean isLabelled() {
    return source.isLabelled();
  }

  private boolean isResampled() {
    return !grid.equals(orientation.canonical());
  }

  @Override
  public synchronized Volume image() {
    Volume kept = image.get();
    if (kept == null) {
      kept = orientation.toCanonical(source.image());
      kept = isResampled() ? Resampling.linear(kept, grid) : kept;
      image = new SoftReference<>(kept);
    }
    return kept;
  }

  @Override
  public synchronized Optional<Mask> labels() {
    Mask kept = labels.get();
    if (kept == null) {
      kept = source.labels().map(this::aligned).orElse(null);
      labels = new SoftReference<>(kept);
    }
    return Optional.ofNullable(kept);
  }

  private Mask aligned(Mask mask) {
    Mask canonical = orientation.toCanonical(mask);
    return isResampled() ? Resampling.nearest(canonical, grid) : canonical;
  }

  @Override
  public Mask asStored(Mask mask) {
    return orientation.toSource(
        isResampled() ? Resampling.nearest(mask, orientation.canonical()) : mask);
  }
}
