package org.maskmine.dsl.view;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cell that remembers everything it showed, and that may be interrupted. */
public final class RecordedScreen implements Screen {
  /** Of each display shown or updated, in order. */
  public final List<String> ids = new CopyOnWriteArrayList<>();

  public final List<String> texts = new CopyOnWriteArrayList<>();
  public final List<String> html = new CopyOnWriteArrayList<>();

  /** How often the work may ask before it is interrupted, each time anew. */
  public volatile int interruptAfter = Integer.MAX_VALUE;

  private int asked;

  @Override
  public void show(String id, View view) {
    update(id, view);
  }

  @Override
  public void update(String id, View view) {
    ids.add(id);
    texts.add(view.content().getOrDefault("text/plain", ""));
    html.add(view.content().getOrDefault("text/html", ""));
  }

  @Override
  public void checkInterrupted() {
    if (++asked > interruptAfter) {
      asked = 0;
      throw new CancellationException("stop");
    }
  }
}
