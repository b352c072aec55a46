package org.maskmine.dsl.view;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Where views go while a cell runs. The kernel installs its own; without one, views are printed as
 * text.
 */
public interface Screen {
  /**
   * Shows a view under an id; a later {@link #update} with that id replaces it. From any thread.
   */
  void show(String id, View view);

  /** Replaces what was shown under this id. From any thread, at most ten times a second. */
  void update(String id, View view);

  /**
   * Throws where the user pressed Interrupt since the running cell began. From any thread.
   *
   * @throws CancellationException on interrupt
   */
  void checkInterrupted();

  /** The screen in use. */
  static Screen current() {
    Screen screen = Holder.screen;
    return screen == null ? Holder.PRINTER : screen;
  }

  /** Makes a screen the one in use; {@code null} returns to printing. */
  static void install(@Nullable Screen screen) {
    Holder.screen = screen;
  }

  /** Keeps the installed screen. */
  final class Holder {
    private static final Screen PRINTER =
        new Screen() {
          @Override
          public void show(String id, View view) {
            System.out.println(view.content().get("text/plain"));
          }

          @Override
          public void update(String id, View view) {}

          @Override
          public void checkInterrupted() {}
        };

    private static volatile @Nullable Screen screen;

    private Holder() {}
  }
}
