package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.kernel.Notebooks.Outcome;

@SuppressWarnings("NullAway.Init")
class MagicsTest {
  private static Notebooks notebook;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws IOException {
    notebook = Notebooks.start("-Duser.home=" + folder, "-Dmaven.repo.local=" + repository());
  }

  @AfterAll
  static void stop() throws IOException {
    notebook.close();
  }

  /** A Maven repository with a library in two jars, the first of which needs the second. */
  private static Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    String need =
        "<dependencies><dependency><groupId>org.lesson</groupId><artifactId>tall</artifactId>"
            + "<version>2</version></dependency></dependencies>";
    library(
        repository,
        "tall",
        "2",
        "",
        "package org.lesson; public class Tall { public static int m() { return 8; } }");
    library(
        repository,
        "wide",
        "1",
        need,
        "package org.lesson; public class Wide { public static int m() { return 5; } }");
    return repository;
  }

  private static void library(
      Path repository, String name, String version, String needs, String source)
      throws IOException {
    Path home = Files.createDirectories(repository.resolve("org/lesson/" + name + "/" + version));
    Files.writeString(
        home.resolve(name + "-" + version + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>org.lesson</groupId><artifactId>"
            + name
            + "</artifactId><version>"
            + version
            + "</version>"
            + needs
            + "</project>");
    jar(home.resolve(name + "-" + version + ".jar"), source);
  }

  private static void jar(Path jar, String source) throws IOException {
    Path work = Files.createTempDirectory(folder, "jar");
    String type = source.replaceAll("(?s).*class (\\w+).*", "$1");
    Path file = Files.writeString(work.resolve(type + ".java"), source, StandardCharsets.UTF_8);
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", work.toString(), file.toString());
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("org/lesson/" + type + ".class"));
      out.write(Files.readAllBytes(work.resolve("org/lesson/" + type + ".class")));
    }
  }

  @Test
  void help_lists_every_magic_with_its_use() {
    assertThat(notebook.run("%help").result().lines())
        .containsExactly(
            "%help                              what magics there are",
            "%maven group:artifact:version …    adds libraries from Maven repositories, with what"
                + " they need",
            "%jars [file.jar | folder/*.jar] …  adds jars; alone, lists what was added",
            "%time code                         runs the rest of its line and says how long that"
                + " took",
            "%%time                             says how long the cell took",
            "%vars                              the notebook's variables",
            "%runs                              the runs in the store, as runs() shows them",
            "%env [NAME]                        the variables of the kernel's environment, or one"
                + " of them");
  }

  @Test
  void maven_adds_a_library_with_what_it_needs_from_the_local_repository() {
    assertThat(notebook.run("%maven org.lesson:wide:1").result())
        .isEqualTo("added wide-1.jar\nadded tall-2.jar");
    assertThat(notebook.run("org.lesson.Wide.m() * org.lesson.Tall.m()").result()).isEqualTo("40");
    assertThat(notebook.run("%maven org.lesson:wide:1").result()).isEqualTo("nothing new");
    assertThat(notebook.run("%jars").result().lines())
        .anyMatch(line -> line.endsWith("wide-1.jar"))
        .anyMatch(line -> line.endsWith("tall-2.jar"));
  }

  @Test
  void maven_names_what_it_does_not_find_and_a_coordinate_that_is_none() {
    assertThat(notebook.run("%maven org.lesson:absent:1").error())
        .startsWith("UserError: %maven: not found: org.lesson:absent:jar:1; looked in ")
        .endsWith("; check the coordinates, the network and Maven's settings.xml");
    assertThat(notebook.run("%maven guava").error())
        .isEqualTo(
            "UserError: %maven guava: must be group:artifact:version, for example"
                + " com.google.guava:guava:33.4.8-jre");
    assertThat(notebook.run("%maven").error())
        .isEqualTo("UserError: %maven: no library given; write %maven group:artifact:version");
  }

  @Test
  void jars_adds_the_jars_of_a_folder_and_the_cell_below_uses_them() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    jar(
        own.resolve("deep.jar"),
        "package org.lesson; public class Deep { public static int m() { return 3; } }");
    assertThat(notebook.run("%jars " + own + "/*.jar\n\norg.lesson.Deep.m()").result())
        .isEqualTo("3");
    assertThat(notebook.run("%jars " + own + "/none.jar").error())
        .isEqualTo(
            "UserError: %jars "
                + own
                + "/none.jar: there is no such file; give a jar or folder/*.jar");
  }

  @Test
  void time_says_how_long_a_line_and_a_cell_took_and_shows_their_values() {
    Outcome line = notebook.run("%time Thread.sleep(120); 6 * 7");
    assertThat(line.result()).isEqualTo("42");
    assertThat(line.stdout()).matches("took \\d{3} ms\n|took \\d+\\.\\d\\d s\n");
    Outcome cell = notebook.run("%%time\nint timed = 3;\ntimed + 1");
    assertThat(cell.result()).isEqualTo("4");
    assertThat(cell.stdout()).matches("took \\S+ (ms|s)\n");
  }

  @Test
  void an_error_below_a_magic_names_the_line_of_the_cell() {
    Outcome outcome = notebook.run("%%time\nint zero = 0;\nint one = 1 / zero;");
    assertThat(outcome.account()).contains("--->    3 | int one = 1 / zero;");
  }

  @Test
  void vars_shows_name_type_and_value() {
    notebook.run("int answer = 42; var names = List.of(\"a\");");
    assertThat(notebook.run("%vars").result())
        .contains("answer  int           42")
        .contains("names   List<String>  [a]")
        .doesNotContain("$");
  }

  @Test
  void runs_shows_the_store() {
    assertThat(notebook.run("%runs").result()).startsWith("runs\nrun");
  }

  @Test
  void env_shows_a_variable_and_says_why_it_cannot_be_changed() {
    assertThat(notebook.run("%env PATH").result()).isEqualTo(System.getenv("PATH"));
    assertThat(notebook.run("%env NO_SUCH_VARIABLE").error())
        .isEqualTo("UserError: %env NO_SUCH_VARIABLE: is not set; %env lists what is");
    assertThat(notebook.run("%env A=1").error())
        .isEqualTo(
            "UserError: %env A=1: a running Java cannot change its environment; install the kernel"
                + " with --env A=1");
  }

  @Test
  void an_unknown_magic_names_the_nearest() {
    assertThat(notebook.run("%mavn a:b:1").error())
        .isEqualTo("UserError: %mavn: no such magic; did you mean %maven?");
    assertThat(notebook.run("%xyzzy").error())
        .isEqualTo("UserError: %xyzzy: no such magic; %help lists what there is");
  }

  @Test
  void magics_are_completed_and_described() {
    assertThat(notebook.complete("%ma")).containsExactly("%maven");
    assertThat(notebook.complete("%%time\nMath.hyp")).containsExactly("hypot(");
    assertThat(
            notebook
                .ask("inspect_request", "%jars x", 3)
                .getAsJsonObject("data")
                .get("text/plain")
                .getAsString())
        .isEqualTo("%jars [file.jar | folder/*.jar] …\nadds jars; alone, lists what was added");
  }

  @Test
  void a_remainder_at_the_beginning_of_a_line_is_java() {
    assertThat(notebook.run("int rest = 7\n% 4;\nrest").result()).isEqualTo("3");
  }
}
