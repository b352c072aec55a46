package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.engine.Engine;
import org.maskmine.engine.EngineContract;
import org.maskmine.engine.Images;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;

class Dl4jEngineTest extends EngineContract {
  private static final Graph GRAPH = UNet.twoD().base(2).levels(2).graph("liver");
  private static final Engine.Settings SETTINGS = new Engine.Settings(Engine.Precision.FP32, 1e-5);

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
