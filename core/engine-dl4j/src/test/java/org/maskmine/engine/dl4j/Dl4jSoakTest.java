package org.maskmine.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.UNet;

@Tag("long")
class Dl4jSoakTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void resident_memory_stays_flat_over_3000_steps_under_interrupts(@TempDir Path folder)
      throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Training.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    assertThat(process.waitFor()).as(Files.readString(output.toPath())).isZero();
    List<Double> residentMb =
        Files.readAllLines(output.toPath()).stream().map(Double::valueOf).toList();
    assertThat(residentMb).hasSize(6);
    double warm = residentMb.get(0);
    assertThat(residentMb).allSatisfy(mb -> assertThat(mb / warm).isBetween(0.95, 1.05));
  }

  /** A program that trains, is interrupted all the time, and prints its resident memory in MB. */
  static final class Training {
    private static final int SIDE = 24;

    private Training() {}

    /** Prints after every 500 steps. */
    public static void main(String[] args) throws IOException {
      interruptAllTheTime(Thread.currentThread());
      Graph graph = UNet.twoD().base(8).levels(3).graph("liver");
      var settings = new Engine.Settings(Engine.Precision.FP32, 1e-5, Device.CPU);
      try (Network network =
          new Dl4jEngine().open(graph, InitialWeights.heNormal(graph, 1), settings)) {
        for (int step = 1; step <= 3000; step++) {
          Batch batch = batch();
          network.step(batch, Map.of("liver", new Loss.Combined(2.5, 1e-5)), 1e-3);
          if (step % 10 == 0) {
            network.predict(batch.images());
          }
          if (step % 500 == 0) {
            System.out.println(residentMb());
          }
        }
      }
    }

    private static void interruptAllTheTime(Thread thread) {
      var interrupting =
          new Thread(
              () -> {
                while (thread.isAlive()) {
                  thread.interrupt();
                  pause();
                }
              });
      interrupting.setDaemon(true);
      interrupting.start();
    }

    private static void pause() {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(50));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static Batch batch() {
      var random = ThreadLocalRandom.current();
      float[] values = new float[12 * 3 * SIDE * SIDE];
      float[] weights = new float[12 * SIDE * SIDE];
      byte[] membership = new byte[weights.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      for (int i = 0; i < weights.length; i++) {
        membership[i] = (byte) (1 << random.nextInt(2));
        weights[i] = random.nextFloat();
      }
      return new Batch(
          new Images(12, 3, new int[] {SIDE, SIDE}, values),
          Map.of("liver", new Target(2, membership, weights)));
    }

    /** By a stream that an interrupt does not close. */
    private static double residentMb() throws IOException {
      try (var lines =
          new BufferedReader(new FileReader("/proc/self/status", StandardCharsets.UTF_8))) {
        String line = lines.lines().filter(l -> l.startsWith("VmRSS")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
  }
}
