package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CellLoaderTest {
  private static JavaShell shell() {
    var none = Path.of("none");
    return new JavaShell("", new JarPackages(none), new JdkClasses(none), List.of(), value -> null);
  }

  private static Object value(JavaShell shell, String source) throws CellFailure {
    var cell = new Cell(1, source, () -> {}, note -> {});
    return Objects.requireNonNull(shell.run(cell).value());
  }

  private static boolean isUnloaded(WeakReference<Class<?>> type) {
    System.gc();
    return type.get() == null;
  }

  @Test
  void the_class_of_an_expression_goes_and_that_of_a_declaration_stays() throws CellFailure {
    try (JavaShell shell = shell()) {
      value(shell, "class Lasting {}\nLasting one = new Lasting();\none");
      var lasting = new WeakReference<Class<?>>(value(shell, "one").getClass());
      var passing = new WeakReference<Class<?>>(value(shell, "new Object() {}").getClass());
      for (int i = 0; i < 220; i++) {
        value(shell, "" + i);
        shell.tidy();
      }
      assertThat(isUnloaded(passing)).isTrue();
      assertThat(isUnloaded(lasting)).isFalse();
      assertThat(value(shell, "one").getClass().getSimpleName()).isEqualTo("Lasting");
    }
  }
}
