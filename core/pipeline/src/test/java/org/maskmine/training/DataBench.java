package org.maskmine.training;

import com.google.gson.Gson;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.maskmine.Progress;
import org.maskmine.data.Augmentation;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.HuWindow;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Source;
import org.maskmine.data.Structure;
import org.maskmine.data.TinyCase;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Network;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.DistanceTransform;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/**
 * Measures reading, processing and sampling for {@code environment/bench data}; prints one line of
 * JSON per figure.
 */
public final class DataBench {
  private static final int ROUNDS = 5;
  private static final int BATCHES = 12;

  private DataBench() {}

  /**
   * Runs one part.
   *
   * @param args {@code files FOLDER}, {@code volumes FOLDER}, {@code patches}, {@code training
   *     FOLDER}, or {@code large FOLDER CASES SLICES}
   */
  public static void main(String[] args) {
    switch (args[0]) {
      case "files" -> files(Path.of(args[1]));
      case "volumes" -> volumes(Path.of(args[1]));
      case "patches" -> patches();
      case "training" -> training(Path.of(args[1]));
      case "large" -> large(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void print(String name, double value) {
    System.out.println(new Gson().toJson(Map.of("name", name, "value", value)));
  }

  /** A volume and a liver mask of 512×512×123, for both sides to read. */
  private static void files(Path folder) {
    Geometry grid = grid(123);
    var random = new SplittableRandom(1);
    Mask labels = labels(grid, random);
    Nifti.write(folder.resolve("volume.nii.gz"), image(labels, random));
    Nifti.write(folder.resolve("liver.nii"), labels.where(Structure.LIVER::holds));
    Nifti.write(folder.resolve("lesions.nii"), labels.where(Structure.LESION::holds));
  }

  private static Geometry grid(int nz) {
    return Geometry.of(512, 512, nz, new Spacing(0.75, 0.75, 1));
  }

  /** A liver of two ellipsoids with a rough surface, and up to 150 lesions in it. */
  private static Mask labels(Geometry g, SplittableRandom random) {
    Mask labels = Mask.empty(g);
    for (int z = 0, i = 0; z < g.nz(); z++) {
      for (int y = 0; y < g.ny(); y++) {
        for (int x = 0; x < g.nx(); x++, i++) {
          double height = (z + 0.5) / g.nz() - 0.5;
          double rough = 0.03 * Math.sin(x * 0.31) + 0.03 * Math.sin(y * 0.27 + z);
          double right = square((x - 190) / 95.0) + square((y - 250) / 110.0);
          double left = square((x - 290) / 80.0) + square((y - 210) / 55.0);
          boolean inside = Math.min(right, left) + square(height / 0.4) + rough < 1;
          labels.values()[i] = (byte) (inside ? 1 : 0);
        }
      }
    }
    for (int n = 0; n < 150; n++) {
      ball(labels, random);
    }
    return labels;
  }

  private static void ball(Mask labels, SplittableRandom random) {
    Geometry g = labels.geometry();
    int cx = random.nextInt(100, 360);
    int cy = random.nextInt(150, 350);
    int cz = random.nextInt(g.nz());
    int r = random.nextInt(2, 12);
    for (int z = Math.max(0, cz - r); z < Math.min(g.nz(), cz + r + 1); z++) {
      for (int y = cy - r; y <= cy + r; y++) {
        for (int x = cx - r; x <= cx + r; x++) {
          int i = g.index(x, y, z);
          boolean inside = square(x - cx) + square(y - cy) + square(z - cz) <= r * r;
          labels.values()[i] += inside && labels.values()[i] == 1 ? 1 : 0;
        }
      }
    }
  }

  private static double square(double v) {
    return v * v;
  }

  /** Whole HU: air around an ellipse of tissue with noise of 15 HU, as scanners write them. */
  private static Volume image(Mask labels, SplittableRandom random) {
    Geometry g = labels.geometry();
    int[] noise = random.doubles(1 << 20).mapToInt(u -> (int) Math.round(45 * (u - 0.5))).toArray();
    float[] hu = new float[g.voxels()];
    for (int i = 0; i < hu.length; i++) {
      int x = i % g.nx();
      int y = i / g.nx() % g.ny();
      boolean body = square((x - 256) / 230.0) + square((y - 256) / 170.0) < 1;
      int tissue = new int[] {50, 110, 70}[labels.values()[i]];
      hu[i] = body ? tissue + noise[(i * 31 + i / 977) & 0xfffff] : -1000;
    }
    return new Volume(g, hu);
  }

  private static double median(Runnable work) {
    double[] seconds = new double[ROUNDS];
    for (int r = -2; r < ROUNDS; r++) {
      long begun = System.nanoTime();
      work.run();
      seconds[Math.max(0, r)] = (System.nanoTime() - begun) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  private static void volumes(Path folder) {
    print("read", median(() -> Nifti.readVolume(folder.resolve("volume.nii.gz"))));
    Mask liver = Nifti.readMask(folder.resolve("liver.nii"));
    print("distance", median(() -> DistanceTransform.millimetres(liver)));
    Mask lesions = Nifti.readMask(folder.resolve("lesions.nii"));
    print("components", median(() -> Components.label(lesions, Connectivity.CORNERS)));
    print("liver components", median(() -> Components.label(liver, Connectivity.FACES)));
  }

  /** The consumer: a residual network of 16 channels and 4 levels on [12, 3, 256, 256]. */
  private static StageRecipe consumer() {
    return Recipe.cascade2d()
        .stage(Structure.LIVER)
        .network(n -> UNet.twoD().base(16).levels(4))
        .patches(256, 1)
        .augmentation(Augmentation.PAPER);
  }

  private static void patches() {
    StageRecipe recipe = consumer();
    var random = new SplittableRandom(2);
    Mask labels = labels(grid(40), random);
    var scan = new TinyCase("scan", image(labels, random), labels);
    PreparedCase prepared = PreparedCase.of(scan, new HuWindow(-100, 600), 2);
    ByteBuffer classes = ByteBuffer.wrap(Trainer.truthClasses(prepared, Structure.LIVER));
    var sampler =
        new SliceSampler(
            recipe, 0, List.of(prepared), Map.of(recipe.structure(), List.of(classes)), List.of());
    for (int step = 0; step < BATCHES; step++) {
      sampler.batch(0, step);
    }
    long begun = System.nanoTime();
    for (int step = 0; step < BATCHES; step++) {
      sampler.batch(1, step);
    }
    print("patches", BATCHES * recipe.batch() / ((System.nanoTime() - begun) / 1e9));
    print("consumed", consumed(recipe, sampler.batch(2, 0)));
  }

  private static double consumed(StageRecipe recipe, Batch batch) {
    Engine engine = Engines.choose(Engines.AUTO, "cpu").engine();
    var settings = new Engine.Settings(Engine.Precision.FP32, recipe.l2(), Device.CPU);
    var start = InitialWeights.heNormal(recipe.graph(), 0);
    try (Network network = engine.open(recipe.graph(), start, settings)) {
      double seconds =
          median(
              () -> network.step(batch, Map.of(recipe.name(), recipe.heads().get(0).loss()), 1e-5));
      return recipe.batch() / seconds;
    }
  }

  /** Trains two epochs on cases that are written first; says how long the engine waited. */
  private static void training(Path folder) {
    Recipe recipe =
        Recipe.cascade2d()
            .eachStage(s -> s.patches(256, 1).augmentation(Augmentation.PAPER).epochs(2));
    StoredRun run = train(folder, 3, 24, recipe);
    for (Structure structure : Structure.values()) {
      Epoch last = run.curve(structure).get(1);
      print("waiting " + structure.label(), last.waitingSeconds() / last.seconds());
    }
  }

  /** Trains the smallest networks for one epoch on a data set that is larger than the heap. */
  private static void large(Path folder, int cases, int slices) {
    Recipe recipe =
        Recipe.cascade2d()
            .eachStage(
                s ->
                    s.network(n -> n.base(2).levels(2))
                        .patches(64, 1)
                        .augmentation(Augmentation.PAPER)
                        .epochs(1));
    long begun = System.nanoTime();
    StoredRun run = train(folder, cases, slices, recipe);
    print("seconds", (System.nanoTime() - begun) / 1e9);
    print("heap MB", Runtime.getRuntime().maxMemory() / 1e6);
    print("voxels", (double) cases * grid(slices).voxels());
    print("prepared MB", new RunStore(folder.resolve("runs")).cache().bytes() / 1e6);
    print("scores", run.scores().cases().size());
  }

  private static StoredRun train(Path folder, int cases, int slices, Recipe recipe) {
    write(folder.resolve("data"), cases, slices);
    Dataset data =
        Datasets.open(Source.of(folder.resolve("data")), folder.resolve("known"), progress());
    return new Trainer(data, new RunStore(folder.resolve("runs"))).train(recipe, progress());
  }

  private static void write(Path folder, int cases, int slices) {
    for (int n = 0; n < cases; n++) {
      if (!Files.exists(folder.resolve("segmentation-" + n + ".nii"))) {
        var random = new SplittableRandom(100 + n);
        Mask labels = labels(grid(slices), random);
        Nifti.write(folder.resolve("volume-" + n + ".nii"), image(labels, random));
        Nifti.write(folder.resolve("segmentation-" + n + ".nii"), labels);
      }
    }
  }

  /** Says once in a while where a long training is. */
  private static Progress progress() {
    long[] said = {System.nanoTime()};
    return (activity, done, total, note) -> {
      if (System.nanoTime() - said[0] > 20_000_000_000L) {
        said[0] = System.nanoTime();
        System.err.printf("%s %d/%d %s%n", activity, done, total, note);
      }
    };
  }
}
