package org.maskmine.dsl;

import static org.maskmine.dsl.Maskmine.again;
import static org.maskmine.dsl.Maskmine.cache;
import static org.maskmine.dsl.Maskmine.cases;
import static org.maskmine.dsl.Maskmine.compare;
import static org.maskmine.dsl.Maskmine.control;
import static org.maskmine.dsl.Maskmine.delete;
import static org.maskmine.dsl.Maskmine.dice;
import static org.maskmine.dsl.Maskmine.epochs;
import static org.maskmine.dsl.Maskmine.importRun;
import static org.maskmine.dsl.Maskmine.load;
import static org.maskmine.dsl.Maskmine.losses;
import static org.maskmine.dsl.Maskmine.mine;
import static org.maskmine.dsl.Maskmine.pipelines;
import static org.maskmine.dsl.Maskmine.retrain;
import static org.maskmine.dsl.Maskmine.seed;
import static org.maskmine.dsl.Maskmine.seeds;
import static org.maskmine.dsl.Maskmine.size;
import static org.maskmine.dsl.Maskmine.study;
import static org.maskmine.dsl.Maskmine.train;
import static org.maskmine.dsl.Maskmine.unet2d;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.maskmine.Digest;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.RunStore;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Trainer;

/** A kernel at work, small and in a hurry, that is killed some time: the child of other tests. */
final class Day {
  static final int EPOCHS = 4;

  private final SplittableRandom random;
  private final Data data;
  private final Path out;

  private Day(long seed, Path out) {
    this.random = new SplittableRandom(seed);
    this.out = out;
    this.data = phantom();
  }

  static Data phantom() {
    return load("phantom", cases(2, 1, 1), size(32, 8), seed(7));
  }

  static Pipeline network() {
    return unet2d(Structure.LESION).base(4).depth(2).patches(16, 1);
  }

  static Recipe recipe(long seed) {
    return network().recipe(Preset.DEMO).seed(seed).eachStage(s -> s.epochs(EPOCHS));
  }

  /**
   * Works until it is killed.
   *
   * @param args seed of what is done, a folder for what is saved
   */
  public static void main(String[] args) {
    var day = new Day(Long.parseLong(args[0]), Path.of(args[1]));
    say("ready");
    try {
      for (int first = day.random.nextInt(6); ; first++) {
        day.work(first % 6);
      }
    } catch (UserError e) {
      say("refused " + e.getMessage());
      System.exit(3);
    }
  }

  private static void say(String words) {
    System.out.println(words);
    System.out.flush();
  }

  private void work(int activity) {
    long seed = random.nextLong(1, 4);
    switch (activity) {
      case 0 -> trainAnew(seed);
      case 1 -> {
        say("doing mining");
        Errors errors = mine(base(seed));
        retrain(errors, dice(), epochs(2), again());
      }
      case 2 -> {
        say("doing saving");
        Run base = base(seed);
        compare(base, retrain(mine(base), control(), epochs(1))).save(file("table.csv"));
        mine(base).overlay().save(file("errors.png"));
        compare(base).figure4().save(file("figure4.pdf"));
      }
      case 3 -> {
        say("doing studying");
        study(data, pipelines(network()), losses(dice()), seeds(seed + 10), epochs(1)).runs();
      }
      case 4 -> {
        say("doing caching");
        cache().clear();
        trainAnew(seed);
      }
      default -> {
        say("doing exporting");
        Run base = base(seed);
        Maskmine.export(base, file("run.zip"));
        delete(base.id());
        importRun(file("run.zip"), data);
      }
    }
  }

  private String file(String name) {
    return out.resolve(name).toString();
  }

  private Run base(long seed) {
    return train(data, network(), seed(seed), epochs(EPOCHS));
  }

  /** Says of each epoch that it is kept. */
  private void trainAnew(long seed) {
    say("doing training " + seed);
    Progress told = atEachEpoch(number -> say("epoch " + number));
    new Trainer(data.dataset(), Home.runs().anew()).train(recipe(seed), told);
    say("epoch 0");
  }

  /** Hears the number of each epoch that is kept. */
  static Progress atEachEpoch(IntConsumer heard) {
    return new Progress() {
      @Override
      public void report(String activity, int done, int total, String note) {}

      @Override
      public void epoch(String network, int number, double loss, double validationDice) {
        heard.accept(number);
      }
    };
  }

  static List<String> command(long seed, Path out) {
    return program(Day.class, Long.toString(seed), out.toString());
  }

  /** How to run a program of the tests in a Java of its own. */
  static List<String> program(Class<?> main, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Which weights a run has, for comparison across processes. */
  static String weights(StoredRun run) {
    return Digest.of(
        Arrays.toString(
            run.weights(Structure.LESION).arrays().values().stream()
                .mapToInt(a -> Arrays.hashCode(a.values()))
                .toArray()));
  }

  /** That of a training that nothing disturbs. */
  static String undisturbed(Recipe recipe, Path store) {
    return weights(
        new Trainer(phantom().dataset(), new RunStore(store)).train(recipe, Progress.NONE));
  }
}
