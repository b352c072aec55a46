package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.EngineContract;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Downsampling;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Norm;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest extends EngineContract {
  private static final Graph GRAPH = UNet.twoD().base(2).levels(2).graph("liver");
  private static final Engine.Settings SETTINGS =
      new Engine.Settings(Engine.Precision.FP32, 1e-5, Device.CPU);

  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }

  @Test
  void is_found_by_the_service_loader() {
    assertThat(ServiceLoader.load(Engine.class).stream().map(p -> p.get().name()))
        .containsExactly("dl4j");
  }

  @Test
  void a_closed_network_computes_no_more_and_may_be_closed_again() {
    Network network = open();
    network.close();
    network.close();
    var images = new Images(1, 3, new int[] {8, 8}, new float[3 * 8 * 8]);
    assertThatThrownBy(() -> network.predict(images))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the network is closed");
  }

  /**
   * ND4J frees most of what is native only when the garbage collector finds its Java object; the
   * counter numbers these objects.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void a_step_leaves_nothing_to_the_garbage_collector(Graph graph) {
    var images = images(graph, 2, 16);
    int pixels = images.count() * images.pixels();
    byte[] membership = new byte[pixels];
    Arrays.fill(membership, Target.BACKGROUND);
    var target = new Target(graph.classes("liver"), membership, new float[pixels]);
    var batch = new Batch(images, Map.of("liver", target));
    Map<String, Loss> losses = Map.of("liver", new Loss.Combined(2.5, 1e-5));
    try (Network network =
        new Dl4jEngine().open(graph, InitialWeights.heNormal(graph, 1), SETTINGS)) {
      for (int i = 0; i < 3; i++) {
        network.step(batch, losses, 1e-3);
        network.predict(images);
      }
      long before = Nd4j.getDeallocatorService().nextValue();
      network.step(batch, losses, 1e-3);
      network.predict(images);
      assertThat(Nd4j.getDeallocatorService().nextValue() - before - 1).isZero();
    }
  }

  static List<Graph> networks() {
    UNet flat = UNet.twoD().base(4).levels(3);
    UNet deep = UNet.threeD().base(4).levels(2);
    return List.of(
        flat.graph("liver"),
        flat.blocks(Connectivity.DENSE).down(Downsampling.MAX_POOLING).graph("liver"),
        flat.blocks(Connectivity.BASIC)
            .squeezeExcitation(false)
            .graph("liver")
            .withHead("liver", 4),
        deep.graph("liver"),
        deep.norm(Norm.BATCH).down(Downsampling.MAX_POOLING).graph("liver"));
  }

  private static Images images(Graph graph, int count, int side) {
    int[] size = new int[graph.dimensions()];
    Arrays.fill(size, side);
    int values = count * graph.channels() * (int) Math.pow(side, graph.dimensions());
    return new Images(count, graph.channels(), size, new float[values]);
  }

  /** Two layers at the lowest level, where ND4J's own gradient reads memory that nobody wrote. */
  @Test
  void the_gradient_of_a_flat_3D_patch_does_not_depend_on_what_memory_held_before() {
    Graph graph = UNet.threeD().base(8).levels(3).graph("liver");
    float[] values = new float[8 * 16 * 24];
    byte[] membership = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 101 / 101f;
      membership[i] = (byte) (1 + i % 2);
    }
    var target = new Target(2, membership, new float[values.length]);
    var batch = new Batch(new Images(1, 1, new int[] {8, 16, 24}, values), Map.of("liver", target));
    Map<String, Loss> losses = Map.of("liver", new Loss.Combined(2.5, 1e-5));
    try (Network network =
        new Dl4jEngine().open(graph, InitialWeights.heNormal(graph, 1), SETTINGS)) {
      Weights first = network.gradient(batch, losses).gradient();
      for (int i = 0; i < 3; i++) {
        fillMemory(1e20f);
        Weights again = network.gradient(batch, losses).gradient();
        first
            .arrays()
            .forEach((name, a) -> assertThat(again.get(name).values()).isEqualTo(a.values()));
      }
    }
  }

  private static void fillMemory(float number) {
    List<INDArray> arrays = new ArrayList<>();
    for (int power = 4; power < 20; power++) {
      for (int i = 0; i < 8; i++) {
        arrays.add(Nd4j.valueArrayOf(new long[] {(1L << power) + 16 * i}, number));
      }
    }
    arrays.forEach(INDArray::close);
  }

  @Test
  void says_nothing_on_its_own_and_starts_from_a_thread_with_a_foreign_class_loader(
      @TempDir Path folder) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Predicting.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(output.toPath())).isEqualTo("128 logits\n");
  }

  private static Network open() {
    return new Dl4jEngine().open(GRAPH, InitialWeights.heNormal(GRAPH, 1), SETTINGS);
  }

  /** A program that predicts once, as a notebook's thread would. */
  static final class Predicting {
    private Predicting() {}

    /** Prints how many logits came out. */
    public static void main(String[] args) throws IOException {
      try (var foreign = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
        Thread.currentThread().setContextClassLoader(foreign);
        try (Network network = open()) {
          var images = new Images(1, 3, new int[] {8, 8}, new float[3 * 8 * 8]);
          network.predict(images).forEach((head, z) -> System.out.println(z.length + " logits"));
        }
      }
    }
  }
}
