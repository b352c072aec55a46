package org.maskmine.dsl;

import java.util.Locale;
import org.maskmine.data.PreparedCache;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;

/** Cases prepared for training, which lie on the disk so that they need not fit into memory. */
public final class Cache implements Viewable {
  private final PreparedCache cache;

  Cache(PreparedCache cache) {
    this.cache = cache;
  }

  /** Bytes of all files. */
  public long bytes() {
    return cache.bytes();
  }

  /** Deletes everything; cases are prepared again when they are needed. */
  public void clear() {
    cache.clear();
  }

  @Override
  public View view() {
    return Views.stack(toString() + ". cache().clear() deletes them.");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d prepared cases, %.1f MB in %s",
        cache.cases(),
        cache.bytes() / 1e6,
        cache.folder());
  }
}
