package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help on Java's own classes, which is written in the sources that most JDKs bring along. */
class HelpTest {

  /** The Javas on this machine whose sources are there. */
  static List<Path> javas() throws IOException {
    Path home = Objects.requireNonNull(Notebooks.JAVA.toRealPath().getParent()).resolve("..");
    Path all = home.normalize().resolveSibling(".").normalize();
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(each -> Files.isReadable(each.resolve("lib/src.zip")))
          .map(each -> each.resolve("bin/java"))
          .toList();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("javas")
  void shows_what_javas_own_sources_say(Path java) throws IOException {
    try (var notebook = Notebooks.start(java)) {
      assertThat(help(notebook, "Math.hypot"))
          .startsWith(
              "double Math.hypot(double x, double y)\n"
                  + "Returns sqrt(x^2 +y^2)\nwithout intermediate overflow or underflow.")
          .contains("x a value");
      assertThat(help(notebook, "\"a\".isBlank"))
          .startsWith(
              "boolean String.isBlank()\nReturns true if the string is empty or contains\nonly");
      assertThat(help(notebook, "new ArrayList<String>().isEmpty"))
          .isEqualTo(
              "boolean ArrayList<E>.isEmpty()\nReturns true if this list contains no elements.\n\n"
                  + "  returns true if this list contains no elements");
      assertThat(help(notebook, "Optional"))
          .contains("A container object which may or may not contain");
    }
  }

  private static String help(Notebooks notebook, String code) {
    JsonObject reply = notebook.ask("inspect_request", code, code.length());
    assertThat(reply.get("found").getAsBoolean()).as(code).isTrue();
    return reply.getAsJsonObject("data").get("text/plain").getAsString();
  }
}
