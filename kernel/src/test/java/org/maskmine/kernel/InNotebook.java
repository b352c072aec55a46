package org.maskmine.kernel;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one notebook, in the order they run. */
@SuppressWarnings("NullAway.Init")
abstract class InNotebook {
  protected static Notebooks notebook;

  @BeforeAll
  static void start() throws IOException {
    notebook = Notebooks.start();
  }

  @AfterAll
  static void stop() throws IOException {
    notebook.close();
  }
}
