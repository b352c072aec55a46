package org.maskmine.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.EngineContract;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;

class TorchEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new TorchEngine();
  }

  @Test
  void is_found_as_a_service_and_runs_here() {
    Engine engine = ServiceLoader.load(Engine.class).findFirst().orElseThrow();
    assertThat(engine.name()).isEqualTo("torch");
    assertThat(engine.unusable(Device.CPU)).isEmpty();
    assertThat(engine.description(Device.CPU))
        .matches("libtorch [0-9]+\\.[0-9]+\\.[0-9]+, CPU, [0-9]+ threads, fp32( or bfloat16)?");
    assertThat(Engines.choose("auto", "cpu").reason())
        .isEqualTo(
            "torch: " + engine.description(Device.CPU) + ", the fastest engine that runs here");
    assertThat(Engines.choose("torch", "cpu").reason())
        .isEqualTo("torch: " + engine.description(Device.CPU));
  }

  @Test
  void says_nothing_on_its_own_and_starts_from_a_thread_with_a_foreign_class_loader(
      @TempDir Path folder) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    Process process = start(Predicting.class, output, folder);
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(output.toPath()).replaceAll("(?m)^WARNING: .*\\R", ""))
        .isEqualTo("128 logits\n");
  }

  /** As Jupyter ends a kernel whose cell still trains. */
  @Test
  void a_program_that_is_ended_while_it_trains_ends_without_a_crash(@TempDir Path folder)
      throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      Process process = start(Training.class, folder.resolve("output").toFile(), folder);
      Path begun = folder.resolve("begun");
      while (process.isAlive() && !Files.exists(begun)) {
        Thread.sleep(20);
      }
      process.destroy();
      assertThat(process.waitFor()).as("ended by a signal").isEqualTo(143);
      Files.delete(begun);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("output");
    }
  }

  private static Process start(Class<?> program, File output, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.getName())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  /** A program that trains on a thread of its own until it is ended. */
  static final class Training {
    private Training() {}

    /** Leaves a file when the training has begun. */
    public static void main(String[] args) throws IOException, InterruptedException {
      Graph graph = UNet.twoD().base(8).levels(3).graph("lesion");
      var settings = new Engine.Settings(Engine.Precision.AUTO, 0, Device.CPU);
      Network network = new TorchEngine().open(graph, InitialWeights.heNormal(graph, 1), settings);
      train(network, 1);
      var thread = new Thread(() -> train(network, Integer.MAX_VALUE));
      thread.setDaemon(true);
      thread.start();
      Files.createFile(Path.of("begun"));
      thread.join();
    }
  }

  /** Half the digits of float32: outputs agree to about one in a hundred. */
  @ParameterizedTest
  @ValueSource(strings = {"16 16", "12 20", "4 4", "8 16 16", "4 12 20", "4 4 4"})
  void bfloat16_feature_maps_give_nearly_the_logits_of_float32(String sides) {
    int[] size = Arrays.stream(sides.split(" ")).mapToInt(Integer::parseInt).toArray();
    UNet net = size.length == 2 ? UNet.twoD() : UNet.threeD();
    Graph graph = net.base(4).levels(3).graph("lesion");
    float[] exact = logits(graph, size, Engine.Precision.FP32);
    float[] rough = logits(graph, size, Engine.Precision.BF16);
    double difference = 0;
    double whole = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += Math.pow(rough[i] - exact[i], 2);
      whole += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(difference / whole)).isLessThan(0.03);
  }

  /** Two slices at the bottom, where libtorch's own bfloat16 leaves gradients unset. */
  @ParameterizedTest
  @CsvSource({
    "2, BASIC, false, 16",
    "2, RESIDUAL, false, 8",
    "2, BASIC, true, 12",
    "3, BASIC, false, 4",
    "3, RESIDUAL, false, 4",
    "3, RESIDUAL, true, 4",
    "3, BASIC, false, 2",
    "3, BASIC, false, 8"
  })
  void bfloat16_gradients_point_as_those_of_float32_do_and_repeat(
      int dimensions, Connectivity blocks, boolean squeezed, int depth) {
    UNet net = dimensions == 2 ? UNet.twoD() : UNet.threeD();
    Graph graph = net.base(4).levels(2).blocks(blocks).squeezeExcitation(squeezed).graph("lesion");
    int[] size = dimensions == 2 ? new int[] {depth, 16} : new int[] {depth, 16, 16};
    Weights exact = gradient(graph, size, Engine.Precision.FP32);
    Weights rough = gradient(graph, size, Engine.Precision.BF16);
    Weights again = gradient(graph, size, Engine.Precision.BF16);
    for (Map.Entry<String, Weights.Array> array : exact.arrays().entrySet()) {
      float[] values = rough.get(array.getKey()).values();
      assertThat(values).as(array.getKey()).isEqualTo(again.get(array.getKey()).values());
      if (array.getValue().shape().length > 1) {
        assertThat(cosine(values, array.getValue().values())).as(array.getKey()).isGreaterThan(0.9);
      }
    }
  }

  private Weights gradient(Graph graph, int[] size, Engine.Precision precision) {
    Images images = images(size);
    int pixels = images.count() * images.pixels();
    var random = new Random(2);
    byte[] membership = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      membership[i] = (byte) (1 + random.nextInt(2));
    }
    var target = new Target(2, membership, new float[pixels]);
    var batch = new Batch(images, Map.of("lesion", target));
    var settings = new Engine.Settings(precision, 0, DEVICE);
    try (Network network = engine().open(graph, InitialWeights.heNormal(graph, 1), settings)) {
      return network.gradient(batch, Map.of("lesion", new Loss.Combined(2.5, 1e-5))).gradient();
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }

  private float[] logits(Graph graph, int[] size, Engine.Precision precision) {
    var settings = new Engine.Settings(precision, 0, Device.CPU);
    try (Network network = engine().open(graph, InitialWeights.heNormal(graph, 1), settings)) {
      return Objects.requireNonNull(network.predict(images(size)).get("lesion"));
    }
  }

  /** Two images of noise. */
  private static Images images(int[] size) {
    int channels = size.length == 2 ? 3 : 1;
    float[] values = new float[2 * channels * Arrays.stream(size).reduce(1, (a, b) -> a * b)];
    var random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Images(2, channels, size, values);
  }

  @Test
  void no_native_object_outlives_its_step() {
    try (Network network = small()) {
      train(network, 2);
      long before = Pointer.totalCount();
      train(network, 10);
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  /** A notebook interrupts the thread that trains; native code must neither stop nor leak by it. */
  @Test
  @Tag("long")
  void resident_memory_stays_flat_over_3000_steps_with_interrupts() throws Exception {
    Path status = Path.of("/proc/self/statm");
    assumeTrue(Files.exists(status), "resident memory is read from /proc");
    Thread trainer = Thread.currentThread();
    var interrupting = new AtomicBoolean(true);
    var interrupter = new Thread(() -> interrupt(trainer, interrupting));
    interrupter.start();
    try (Network network = small()) {
      train(network, 1000);
      long warm = residentPages(status);
      train(network, 2000);
      interrupting.set(false);
      assertThat(Thread.interrupted()).as("the interrupt is left to the caller").isTrue();
      long end = residentPages(status);
      assertThat(end).isBetween(warm - warm / 20, warm + warm / 20);
    } finally {
      interrupting.set(false);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  void networks_that_are_closed_or_forgotten_give_their_memory_back() throws Exception {
    Path status = Path.of("/proc/self/statm");
    Graph graph = UNet.twoD().base(64).levels(3).graph("lesion");
    Weights weights = InitialWeights.heNormal(graph, 1);
    long numbers =
        weights.arrays().values().stream().mapToLong(array -> array.values().length).sum();
    openAndClose(graph, weights);
    long before = residentPages(status);
    for (int i = 0; i < 20; i++) {
      openAndClose(graph, weights);
      forget(graph, weights);
    }
    // Values, gradients and Adam's two moments of one network.
    long onePages = 4 * Float.BYTES * numbers / 4096;
    assertThat(residentPages(status) - before)
        .as("pages held after 40 networks of %d pages", onePages)
        .isLessThan(6 * onePages);
  }

  private void openAndClose(Graph graph, Weights weights) {
    try (Network network = open(graph, weights)) {
      assertThat(network.weights().sameAs(weights)).isTrue();
    }
  }

  /** Leaves a network to the garbage collector, as a cell does that is run again. */
  private void forget(Graph graph, Weights weights) throws InterruptedException {
    var forgotten = new WeakReference<>(open(graph, weights));
    while (forgotten.get() != null) {
      System.gc();
      Thread.sleep(10);
    }
  }

  private Network open(Graph graph, Weights weights) {
    return engine().open(graph, weights, new Engine.Settings(Engine.Precision.FP32, 0, Device.CPU));
  }

  private static void interrupt(Thread trainer, AtomicBoolean interrupting) {
    while (interrupting.get()) {
      trainer.interrupt();
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Network small() {
    Graph graph = UNet.twoD().base(4).levels(3).graph("lesion");
    var settings = new Engine.Settings(Engine.Precision.FP32, 1e-5, Device.CPU);
    return engine().open(graph, InitialWeights.heNormal(graph, 1), settings);
  }

  private static void train(Network network, int steps) {
    int pixels = 2 * 16 * 16;
    var batch =
        new Batch(
            new Images(2, 3, new int[] {16, 16}, new float[3 * pixels]),
            Map.of("lesion", new Target(2, new byte[pixels], new float[pixels])));
    for (int i = 0; i < steps; i++) {
      network.step(batch, Map.of("lesion", new Loss.Combined(2.5, 1e-5)), 1e-3);
    }
  }

  private static long residentPages(Path status) throws IOException {
    return Long.parseLong(Files.readString(status).split(" ")[1]);
  }

  @Test
  void a_closed_network_computes_no_more_and_may_be_closed_again() {
    Graph graph = UNet.twoD().base(2).levels(2).graph("liver");
    Network network =
        engine()
            .open(
                graph,
                InitialWeights.heNormal(graph, 1),
                new Engine.Settings(Engine.Precision.FP32, 0, Device.CPU));
    network.close();
    network.close();
    var images = new Images(1, 3, new int[] {8, 8}, new float[3 * 8 * 8]);
    assertThatThrownBy(() -> network.predict(images))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the network is closed");
  }

  /** A program that predicts once, as a notebook's thread would. */
  static final class Predicting {
    private Predicting() {}

    /** Prints how many logits came out. */
    public static void main(String[] args) throws IOException {
      Graph graph = UNet.twoD().base(2).levels(2).graph("liver");
      var settings = new Engine.Settings(Engine.Precision.FP32, 0, Device.CPU);
      try (var foreign = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
        Thread.currentThread().setContextClassLoader(foreign);
        try (Network network =
            new TorchEngine().open(graph, InitialWeights.heNormal(graph, 1), settings)) {
          var images = new Images(1, 3, new int[] {8, 8}, new float[3 * 8 * 8]);
          network.predict(images).forEach((head, z) -> System.out.println(z.length + " logits"));
        }
      }
    }
  }
}
