package org.maskmine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/verbs.md} is written from the documentation in the sources: {@code mvn test -pl dsl
 * -am -Dtest=ReferenceTest -Dmaskmine.docs=write}.
 */
class ReferenceTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final List<String> VALUES =
      List.of(
          "Data",
          "Run",
          "Errors",
          "Comparison",
          "Study",
          "Spark",
          "Prediction",
          "Predictions",
          "Cache",
          "Pipeline",
          "RetrainLoss",
          "view/Figure",
          "figure/SliceViewer",
          "course/Course",
          "course/Check",
          "course/Plot",
          "course/Boosting");

  /** Of every object, or of the room above. */
  private static final List<String> PLUMBING =
      List.of("view", "toString", "draw", "image", "alt", "height");

  private static Documented read(String type) throws IOException {
    return Documented.of("org/maskmine/dsl/" + type + ".java");
  }

  @Test
  void the_page_of_all_verbs_says_what_their_documentation_says() throws IOException {
    var page =
        new StringBuilder(
            """
            # Every verb, option and value

            Written from the documentation in the sources, which Shift+Tab shows in a notebook as well; a test \
            holds this page to it. What the options mean together, and what holds if they are left out, stands \
            in the [reference](reference.md).
            """);
    append(page, "Verbs and options", read("Maskmine"));
    for (String type : VALUES) {
      append(page, read(type).type(), read(type));
    }
    Path file = DOCS.resolve("verbs.md");
    if ("write".equals(System.getProperty("maskmine.docs"))) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).isEqualTo(page.toString());
  }

  private static void append(StringBuilder page, String title, Documented type) {
    page.append("\n## ").append(title).append("\n\n").append(type.about()).append("\n\n");
    page.append("| call | |\n|---|---|\n");
    type.methods().stream()
        .filter(m -> !PLUMBING.contains(m.name()))
        .forEach(
            m ->
                page.append("| `" + m.call().replace("|", "\\|") + "` | " + m.sentence() + " |\n"));
  }

  @Test
  void the_reference_names_every_verb_and_option() throws IOException {
    String reference = Files.readString(DOCS.resolve("reference.md"));
    List<String> missing =
        read("Maskmine").methods().stream()
            .map(Documented.Method::name)
            .distinct()
            .filter(name -> !isNamed(name, reference))
            .toList();
    assertThat(missing).isEmpty();
  }

  private static boolean isNamed(String name, String page) {
    return Pattern.compile("[`.( ]" + name + "\\b").matcher(page).find();
  }

  @Test
  void the_reference_names_what_every_value_can_be_asked_for() throws IOException {
    String reference = Files.readString(DOCS.resolve("reference.md"));
    for (String type : VALUES.subList(0, 11)) {
      List<String> missing =
          read(type).methods().stream()
              .map(Documented.Method::name)
              .distinct()
              .filter(name -> !PLUMBING.contains(name))
              .filter(name -> !isNamed(name, reference))
              .toList();
      assertThat(missing).as(type).isEmpty();
    }
  }
}
