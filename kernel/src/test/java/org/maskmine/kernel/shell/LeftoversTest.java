package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.javac.api.JavacTaskPool;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  @Test
  void former_snippets_go_and_what_can_still_be_named_stays() {
    try (var jshell = JShell.builder().executionEngine("local").build()) {
      var leftovers = Leftovers.of(jshell, new Origins());
      jshell.eval("int first = 42;");
      jshell.eval("int twice(int n) { return 2 * n; }");
      for (int i = 0; i < 640; i++) {
        jshell.eval("int v = " + i + ";");
        leftovers.sweep();
      }
      assertThat(jshell.snippets().count()).isBetween(502L, 530L);
      assertThat(jshell.eval("twice(first) + v").get(0).value()).isEqualTo("723");
    }
  }

  private static Object pool(JShell jshell) throws ReflectiveOperationException {
    return JShellParts.of(jshell, "taskFactory", "javacTaskPool");
  }

  @Test
  void compilers_are_replaced_after_a_thousand_cells() throws ReflectiveOperationException {
    try (var jshell = JShell.builder().executionEngine("local").build()) {
      var leftovers = Leftovers.of(jshell, new Origins());
      Object former = pool(jshell);
      for (int i = 0; i < 999; i++) {
        leftovers.sweep();
      }
      assertThat(pool(jshell)).isSameAs(former);
      leftovers.sweep();
      assertThat(pool(jshell)).isNotSameAs(former);
      assertThat(jshell.eval("1 + 1").get(0).value()).isEqualTo("2");
    }
  }

  @Test
  void jdks_newer_than_17_get_new_compilers_of_the_jdk() throws ReflectiveOperationException {
    try (var jshell = JShell.builder().executionEngine("local").build()) {
      Object former = pool(jshell);
      CompilerPool.renew(jshell, 18);
      assertThat(pool(jshell)).isNotSameAs(former).isExactlyInstanceOf(JavacTaskPool.class);
      jshell.eval("int first = 42;");
      former = pool(jshell);
      CompilerPool.renew(jshell, 18);
      assertThat(pool(jshell)).isNotSameAs(former).isExactlyInstanceOf(JavacTaskPool.class);
      assertThat(jshell.eval("first + 1").get(0).value()).isEqualTo("43");
    }
  }
}
