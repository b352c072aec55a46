package org.maskmine.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house's arrows: kernel to dsl to core; engines to core; nobody to an engine. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.maskmine");

  private static final String KERNEL = "org.maskmine.kernel..";
  private static final String DSL = "org.maskmine.dsl..";
  private static final String TORCH = "org.maskmine.engine.torch..";
  private static final String DL4J = "org.maskmine.engine.dl4j..";
  private static final String SPARK = "org.maskmine.cluster.spark..";

  private static final Set<String> CLOCKS =
      Stream.of(
              System.class,
              Instant.class,
              LocalDate.class,
              LocalTime.class,
              LocalDateTime.class,
              ZonedDateTime.class,
              OffsetDateTime.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private static void onlyIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(HOUSE);
  }

  @Test
  void the_whole_house_is_looked_at() {
    for (String room : List.of("kernel", "dsl.view", "engine", "engine.torch", "volume", "study")) {
      assertThat(HOUSE.containPackage("org.maskmine." + room)).as(room).isTrue();
    }
  }

  @Test
  void nobody_looks_up_to_the_kernel() {
    onlyIn(KERNEL, KERNEL);
  }

  @Test
  void only_the_kernel_looks_up_to_the_dsl() {
    noClasses()
        .that()
        .resideOutsideOfPackages(KERNEL, DSL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DSL)
        .check(HOUSE);
  }

  @Test
  void nobody_imports_an_engine() {
    onlyIn(TORCH, TORCH);
    onlyIn(DL4J, DL4J);
  }

  /** What it imports itself is looked at in its own tests: the kernel does not know it. */
  @Test
  void nobody_imports_the_cluster_or_spark() {
    onlyIn(SPARK, SPARK, "org.apache.spark..", "scala..");
  }

  @Test
  void only_the_kernel_knows_jupyter() {
    onlyIn(KERNEL, "org.dflib.jjava..", "org.zeromq..", "jdk.jshell..", "org.objectweb.asm..");
  }

  @Test
  void only_the_dsl_knows_tables_and_charts() {
    onlyIn(
        DSL,
        "tech.tablesaw..",
        "org.jfree..",
        "org.apache.batik..",
        "org.apache.pdfbox..",
        "org.dhatim..");
  }

  @Test
  void only_its_engine_knows_a_numeric_library() {
    onlyIn(TORCH, "org.bytedeco.pytorch..");
    onlyIn(DL4J, "org.nd4j..", "org.deeplearning4j..");
  }

  @Test
  void the_core_knows_java_and_gson_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(KERNEL, DSL, TORCH, DL4J)
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "org.maskmine..", "java..", "javax..", "com.google.gson..", "org.jspecify..", "")
        .check(HOUSE);
  }

  /** From the lowest room up; each knows those before it alone. */
  @Test
  void rooms_of_the_core_know_lower_rooms_alone() {
    List<String> rooms =
        List.of("volume", "data", "network", "engine", "scoring", "training", "mining", "study");
    for (int room = 0; room < rooms.size(); room++) {
      String[] higher =
          rooms.subList(room + 1, rooms.size()).stream()
              .map(r -> "org.maskmine." + r)
              .toArray(String[]::new);
      if (higher.length > 0) {
        noClasses()
            .that()
            .resideInAPackage("org.maskmine." + rooms.get(room))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(higher)
            .check(HOUSE);
      }
    }
  }

  @Test
  void files_are_moved_into_their_place_and_contents_named_in_one_place() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.maskmine.WholeFile")
        .should()
        .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class)
        .check(HOUSE);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.maskmine.Digest")
        .should()
        .callMethod(MessageDigest.class, "getInstance", String.class)
        .check(HOUSE);
  }

  @Test
  void nothing_is_read_by_java_serialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(HOUSE);
  }

  /**
   * It may jump: it dates what is written down and tells the age of files, and measures nothing.
   */
  @Test
  void few_ask_what_time_it_is() {
    var dating =
        Set.of(
            "org.maskmine.training.Trainer",
            "org.maskmine.WholeFile",
            "org.maskmine.data.FactsMemory",
            "org.maskmine.kernel.protocol.Wire",
            "org.maskmine.kernel.protocol.KernelClient");
    List<String> asking =
        HOUSE.stream()
            .flatMap(c -> c.getMethodCallsFromSelf().stream())
            .filter(call -> CLOCKS.contains(call.getTarget().getOwner().getName()))
            .filter(call -> Set.of("now", "currentTimeMillis").contains(call.getName()))
            .map(call -> call.getOriginOwner().getName())
            .toList();
    assertThat(Set.copyOf(asking)).isEqualTo(dating);
  }

  @Test
  void signatures_are_compared_in_constant_time() {
    List<String> called =
        HOUSE
            .get("org.maskmine.kernel.protocol.Wire")
            .getMethod("checkSignature", byte[].class, List.class)
            .getMethodCallsFromSelf()
            .stream()
            .map(call -> call.getTarget().getOwner().getSimpleName() + "." + call.getName())
            .toList();
    assertThat(called).contains("MessageDigest.isEqual").noneMatch(c -> c.endsWith(".equals"));
  }

  @Test
  void cells_are_run_without_a_word_of_jupyter() {
    noClasses()
        .that()
        .resideInAPackage("org.maskmine.kernel.shell..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.dflib.jjava..", "org.zeromq..", "org.maskmine.dsl..")
        .check(HOUSE);
  }

  @Test
  void rooms_of_the_kernel_have_no_cycles() {
    slices().matching("org.maskmine.kernel.(*)..").should().beFreeOfCycles().check(HOUSE);
  }
}
