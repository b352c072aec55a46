package org.maskmine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.data.TinyPhantom;
import org.maskmine.engine.OwnLoss;
import org.maskmine.mining.Retraining;
import org.maskmine.study.StudyPlan.Base;
import org.maskmine.study.StudyPlan.Retrain;
import org.maskmine.training.Preset;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;

/** A study as a file, and what happens to it as lines. */
class StudyFilesTest {
  @TempDir Path folder;

  private static Recipe recipe(long seed) {
    return Recipes.cascade2d(Preset.DEMO).seed(seed);
  }

  private static Retrain dice(int rounds) {
    return new Retrain("dice()", Retraining.of(Retraining.Kind.DICE), rounds, false);
  }

  private StudyPlan plan(Base... bases) {
    return StudyPlan.of(TinyPhantom.load(), folder, List.of(bases));
  }

  @Test
  void every_event_is_a_line_that_gives_it_back() {
    List<StudyEvent> events =
        List.of(
            new StudyEvent.Started("Apache Spark 4.2.0"),
            new StudyEvent.Begun(3, "host2, executor 1", "torch, CPU", 1),
            new StudyEvent.Reported(3, "training the lesion network", 2, 20, "epoch 3/20\n\"é\""),
            new StudyEvent.EpochDone(3, "lesion", 3, 0.25, Double.NaN),
            new StudyEvent.Finished(3, "dice-0a1b2c", true, 12.5),
            new StudyEvent.Failed("no \"liver\""));
    for (StudyEvent event : events) {
      assertThat(event.line().lines()).hasSize(1);
      assertThat(StudyEvent.parse(event.line())).contains(event);
    }
  }

  @Test
  void a_line_of_somebody_else_is_no_event() {
    List<String> lines =
        List.of(
            "", "WARN", "{", "{}", "{\"event\":[]}", "{\"event\":\"Stopped\"}", "{\"event\":{}}");
    for (String line : lines) {
      assertThat(StudyEvent.parse(line)).as(line).isEmpty();
    }
  }

  @Test
  void a_plan_is_read_as_it_was_written() {
    StudyPlan plan = plan(new Base("first", recipe(1), List.of(dice(1), dice(2))));
    plan.write(folder.resolve("study.json"));

    StudyPlan read = StudyPlan.read(folder.resolve("study.json"));
    assertThat(read).isEqualTo(plan);
    assertThat(read.runs().stream().map(StudyPlan.Planned::activity))
        .containsExactly(
            "training first", "retraining first with dice()", "retraining first with dice()");
  }

  @Test
  void a_changed_file_is_named_in_a_sentence() throws IOException {
    Path file = folder.resolve("study.json");
    plan(new Base("first", recipe(1), List.of())).write(file);
    Files.writeString(file, Files.readString(file).replace("first", "worst"));

    assertThatThrownBy(() -> StudyPlan.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": cannot be read (")
        .hasMessageEndingWith("write it anew with study(…).save(\"study.json\")");
  }

  @Test
  void a_run_stands_once_in_a_study() {
    var once = new Base("cascade2d(), seed 1", recipe(1), List.of());
    assertThatThrownBy(() -> plan(once, new Base("the same", recipe(1), List.of())))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "cascade2d(), seed 1 and the same are the same: a study needs every pipeline, loss and"
                + " seed once; leave one out");
    assertThatThrownBy(() -> new Base("first", recipe(1), List.of(dice(2), dice(2))))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "dice() and dice() are the same: a study needs every pipeline, loss and seed once;"
                + " leave one out");
  }

  @Test
  void no_retraining_has_less_than_one_round() {
    assertThatThrownBy(() -> dice(0))
        .isInstanceOf(UserError.class)
        .hasMessage("rounds(0): must be at least 1; try rounds(2)");
  }

  @Test
  void a_loss_of_a_notebook_cannot_go_into_a_file() {
    var own =
        new OwnLoss("mine", (z, images, target) -> new OwnLoss.Result(0, new float[z.length]));
    Recipe recipe = recipe(1).eachStage(s -> s.eachHead(h -> h.loss(own, ReadOut.FOREGROUND)));
    StudyPlan plan = plan(new Base("first", recipe, List.of()));

    assertThatThrownBy(() -> plan.write(folder.resolve("study.json")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "mine: a loss written in a notebook cannot be sent to another machine; train this study"
                + " here, or take one of Maskmine's losses");
    assertThat(folder.resolve("study.json")).doesNotExist();
  }
}
