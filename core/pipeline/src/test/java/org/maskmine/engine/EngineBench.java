package org.maskmine.engine;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Node;
import org.maskmine.network.Safetensors;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;

/**
 * One engine with one network, driven through its standard input by {@code environment/bench
 * engines}: each line is a command, each answer one line of JSON.
 */
final class EngineBench {
  private static final Map<String, Loss> LOSSES = Map.of("lesion", new Loss.Combined(2.5, 1e-5));
  private static final double RATE = 1e-3;
  private static final double L2 = 1e-5;

  private final Network network;
  private final Batch batch;

  private EngineBench(Network network, Batch batch) {
    this.network = network;
    this.batch = batch;
  }

  /**
   * @param args engine, device, precision, network ("demo" as the phantom's, or "paper"), base,
   *     levels, and the image's shape: batch, channels, [z,] y, x
   */
  public static void main(String[] args) throws IOException {
    int[] shape = Arrays.stream(args).skip(6).mapToInt(Integer::parseInt).toArray();
    Graph graph = graph(args[3], shape, Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    Engines.Choice place = Engines.choose(args[0], args[1]);
    Engine.Settings settings = place.settings(Engine.Precision.valueOf(args[2]), L2);
    Weights weights = InitialWeights.heNormal(graph, 1);
    try (Network network = place.engine().open(graph, weights, settings);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var bench = new EngineBench(network, batch(shape));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        Object answer =
            switch (words[0]) {
              case "describe" -> describe(graph, weights, bench.batch, Path.of(words[1]));
              case "block" -> bench.block(Integer.parseInt(words[1]));
              default -> bench.times(words[0], Integer.parseInt(words[1]));
            };
        System.out.println(new Gson().toJson(answer));
      }
    }
  }

  private static Graph graph(String kind, int[] shape, int base, int levels) {
    UNet net = (shape.length == 4 ? UNet.twoD() : UNet.threeD()).base(base).levels(levels);
    return (kind.equals("demo") ? net.blocks(Connectivity.BASIC).squeezeExcitation(false) : net)
        .graph("lesion");
  }

  /** Random images and targets. */
  private static Batch batch(int[] shape) {
    int[] size = Arrays.copyOfRange(shape, 2, shape.length);
    int pixels = shape[0] * Arrays.stream(size).reduce(1, (a, b) -> a * b);
    var random = new SplittableRandom(1);
    float[] images = new float[pixels * shape[1]];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble();
    }
    byte[] membership = new byte[pixels];
    float[] weights = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      membership[i] = (byte) (1 << random.nextInt(2));
      weights[i] = (float) random.nextDouble();
    }
    return new Batch(
        new Images(shape[0], shape[1], size, images),
        Map.of("lesion", new Target(2, membership, weights)));
  }

  /** The network's nodes as text; its weights and the batch go into a file. */
  private static List<String> describe(Graph graph, Weights weights, Batch batch, Path file)
      throws IOException {
    Images images = batch.images();
    Target target = Objects.requireNonNull(batch.targets().get("lesion"));
    int pixels = images.pixels();
    float[] members = new float[target.membership().length];
    for (int i = 0; i < members.length; i++) {
      members[i] = target.membership()[i];
    }
    var arrays = new LinkedHashMap<>(weights.arrays());
    int[] shape = {images.count(), images.channels(), pixels};
    int[] plane = {images.count(), pixels};
    arrays.put("image", new Weights.Array(shape, images.values()));
    arrays.put("members", new Weights.Array(plane, members));
    arrays.put("pixel_weights", new Weights.Array(plane, target.pixelWeights()));
    Safetensors.write(file, new Weights(arrays), Map.of());
    return graph.nodes().stream().map(Node::toString).toList();
  }

  /** Milliseconds per training step of many whose losses are read at their end, as an epoch's. */
  private Map<String, Object> block(int calls) {
    var losses = new ArrayList<DoubleSupplier>();
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      losses.add(network.step(batch, LOSSES, RATE));
    }
    double loss = 0;
    for (DoubleSupplier late : losses) {
      loss = late.getAsDouble();
    }
    return Map.of("ms", new double[] {(System.nanoTime() - begin) / 1e6 / calls}, "loss", loss);
  }

  /** Milliseconds of each call, and the last loss. */
  private Map<String, Object> times(String what, int calls) {
    double[] times = new double[calls];
    double loss = 0;
    for (int i = 0; i < calls; i++) {
      long begin = System.nanoTime();
      if (what.equals("train")) {
        loss = network.step(batch, LOSSES, RATE).getAsDouble();
      } else {
        network.predict(batch.images());
      }
      times[i] = (System.nanoTime() - begin) / 1e6;
    }
    return Map.of("ms", times, "loss", loss);
  }
}
