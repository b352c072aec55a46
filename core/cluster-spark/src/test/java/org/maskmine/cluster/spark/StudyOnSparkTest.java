package org.maskmine.cluster.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkConf;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Build;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Source;
import org.maskmine.study.StudyEvent;
import org.maskmine.study.StudyEvent.EpochDone;
import org.maskmine.study.StudyEvent.Finished;
import org.maskmine.study.StudyEvent.Reported;
import org.maskmine.study.StudyPlan;

/** A small study with the real engine on a real Spark: in this process, and on a cluster of two. */
class StudyOnSparkTest {
  private static final Integer[] ALL_RUNS = {0, 1, 2, 3, 4, 5};

  @TempDir private static Path folder;

  private static Dataset data;
  private static Map<String, byte[]> expected;

  @BeforeAll
  static void trains_the_study_without_spark() throws IOException {
    data = SmallStudy.data(folder);
    SmallStudy.here(data, SmallStudy.plan(data, folder.resolve("here"), 2));
    expected = SmallStudy.results(folder.resolve("here"));
  }

  @AfterAll
  static void ends_the_cluster() {
    Standalone.endAll();
  }

  private static void assertSameAsHere(Path home) throws IOException {
    Map<String, byte[]> found = SmallStudy.results(home);
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSize(6 * 2);
    expected.forEach((file, bytes) -> assertThat(found.get(file)).as(file).isEqualTo(bytes));
  }

  @Test
  void a_study_gives_the_same_numbers_on_spark_as_here_bit_for_bit() throws IOException {
    StudyPlan plan = SmallStudy.plan(data, folder.resolve("spark"), 2);
    var local = new SparkConf(false).setMaster("local[2]");

    List<StudyEvent> events = new ArrayList<>();
    new StudyDriver(plan, events::add).run(local);

    assertSameAsHere(folder.resolve("spark"));
    List<Finished> finished = SmallStudy.finished(events);
    assertThat(finished).hasSize(6).allMatch(Finished::trained);
    assertThat(finished).extracting(Finished::run).doesNotHaveDuplicates();

    List<StudyEvent> again = new ArrayList<>();
    new StudyDriver(plan, again::add).run(local);
    assertThat(SmallStudy.finished(again)).hasSize(6).noneMatch(Finished::trained);
  }

  @Test
  void a_driver_that_is_killed_loses_an_epoch_at_most_and_its_next_start_goes_on()
      throws Exception {
    Path home = folder.resolve("killed");
    StudyPlan plan = SmallStudy.plan(data, home, 2);
    plan.write(folder.resolve("killed.json"));

    List<StudyEvent> before = driverKilledAfterAnEpoch(folder.resolve("killed.json"));
    List<StudyEvent> after = new ArrayList<>();
    new StudyDriver(plan, after::add).run(new SparkConf(false).setMaster("local[2]"));

    EpochDone left = epochs(before).get(0);
    assertThat(left.number()).isEqualTo(1);
    Reported next = firstStep(after, left.run());
    assertThat(next.done()).as("steps of one of two epochs").isEqualTo(next.total() / 2);
    assertThat(SmallStudy.finished(after))
        .extracting(Finished::run)
        .containsExactlyInAnyOrder(ALL_RUNS);
    assertSameAsHere(home);
  }

  /** What a program of its own says until its first epoch is done, when it gets SIGKILL. */
  private static List<StudyEvent> driverKilledAfterAnEpoch(Path study) throws IOException {
    Process driver =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/spark/java.flags",
                "-Dspark.master=local[2]",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--events",
                study.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<StudyEvent> events = new ArrayList<>();
    try (BufferedReader lines = driver.inputReader()) {
      while (epochs(events).isEmpty()) {
        StudyEvent.parse(lines.readLine()).ifPresent(events::add);
      }
    } finally {
      driver.destroyForcibly();
    }
    return events;
  }

  private static Reported firstStep(List<StudyEvent> events, int run) {
    return events.stream()
        .filter(Reported.class::isInstance)
        .map(Reported.class::cast)
        .filter(r -> r.run() == run && r.activity().startsWith("training"))
        .findFirst()
        .orElseThrow();
  }

  private static List<EpochDone> epochs(List<StudyEvent> events) {
    return events.stream().filter(EpochDone.class::isInstance).map(EpochDone.class::cast).toList();
  }

  @Test
  @Tag("long")
  void a_worker_that_is_killed_loses_nothing_and_its_run_goes_on_elsewhere() throws Exception {
    Path home = folder.resolve("cluster");
    StudyPlan plan = SmallStudy.plan(data, home, 2);
    Standalone cluster = Standalone.start(folder.resolve("standalone"), 2);
    List<StudyEvent> events = new CopyOnWriteArrayList<>();
    List<StudyEvent.Begun> killed = new CopyOnWriteArrayList<>();

    new StudyDriver(
            plan,
            event -> {
              events.add(event);
              if (event instanceof EpochDone epoch && killed.isEmpty()) {
                killed.add(begun(events, epoch.run()));
                cluster.kill(killed.get(0).worker());
              }
            })
        .run(cluster.conf());

    assertSameAsHere(home);
    assertThat(SmallStudy.finished(events))
        .extracting(Finished::run)
        .containsExactlyInAnyOrder(ALL_RUNS);
    StudyEvent.Begun again = begun(events, killed.get(0).run());
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.worker()).isNotEqualTo(killed.get(0).worker());
  }

  /** How a run began last. */
  private static StudyEvent.Begun begun(List<StudyEvent> events, int run) {
    return events.stream()
        .filter(StudyEvent.Begun.class::isInstance)
        .map(StudyEvent.Begun.class::cast)
        .filter(b -> b.run() == run)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void wrong_use_is_answered_in_one_sentence() throws IOException {
    StudyPlan plan = SmallStudy.plan(data, Files.createDirectories(folder.resolve("wrong")), 1);
    says(
        () -> Masters.requireReachable("spark://127.0.0.1:1"),
        "spark://127.0.0.1:1: no Spark master answers there (Connection refused); start it, or take"
            + " the address that its page shows");
    says(
        () -> Masters.requireReachable("spark://host"),
        "spark://host: must be spark://HOST:PORT, such as spark://host:7077");
    var other = new StudyPlan("0.0.9", plan.home(), plan.data(), plan.fingerprint(), plan.bases());
    says(
        () -> new StudyDriver(other, event -> {}).run(new SparkConf(false)),
        "the study was planned by Maskmine 0.0.9, but the jar for Spark is "
            + Build.VERSION
            + "; build both from the same sources");
  }

  @Test
  void what_a_worker_does_not_see_is_said_with_its_name() {
    var worker = new Workplace("host2, executor 1", false);
    Path nowhere = folder.resolve("nowhere");
    StudyPlan plan = SmallStudy.plan(data, nowhere, 1);
    var elsewhere =
        new StudyPlan(plan.version(), plan.home(), Source.of(nowhere), "another", plan.bases());

    assertThatThrownBy(() -> worker.data(elsewhere, Progress.NONE))
        .isInstanceOf(UserError.class)
        .extracting(e -> worker.says(String.valueOf(e.getMessage())))
        .isEqualTo(
            "worker host2, executor 1: does not see "
                + nowhere
                + "; data must lie under one path that every worker sees, such as a network share,"
                + " then load it from there");
    says(
        () -> worker.store(plan, ".study-1"),
        "does not see "
            + nowhere
            + ", where runs are kept; set MASKMINE_HOME to a folder that every worker sees under"
            + " one path, such as a network share");
  }

  @Test
  void workers_that_compute_differently_are_refused() {
    var driver = new StudyDriver(SmallStudy.plan(data, folder, 1), event -> {});
    driver.told(new StudyEvent.Begun(0, "host1, executor 0", "torch: libtorch", 0));
    driver.told(new StudyEvent.Begun(1, "host2, executor 1", "dl4j: ND4J", 0));
    says(
        () -> StudyDriver.await(driver.failure),
        "the workers compute differently: host1, executor 0 with torch: libtorch, host2, executor 1"
            + " with dl4j: ND4J; name what all of them have, such as engine(DL4J) or"
            + " device(\"cpu\"), or take workers that are alike");
  }

  @Test
  void a_worker_with_another_spark_is_refused_and_another_patch_of_it_is_not() {
    assertThat(StudyPlugin.otherSpark("4.1.1", "4.2.0"))
        .hasValue(
            "has Spark 4.1.1, but the study's program has Spark 4.2.0: both must be of one version;"
                + " set SPARK_HOME to an installed Spark 4.1 before starting Jupyter, or start the"
                + " workers with 4.2.0");
    assertThat(StudyPlugin.otherSpark("4.2.1", "4.2.0")).isEmpty();
  }

  private static void says(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessage(sentence);
  }
}
