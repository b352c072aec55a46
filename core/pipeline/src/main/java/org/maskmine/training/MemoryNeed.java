package org.maskmine.training;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.management.JMException;
import javax.management.ObjectName;
import org.maskmine.UserError;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine;
import org.maskmine.network.Extent;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.maskmine.network.Parameter;

/**
 * What a training needs at the very least, so that what cannot fit is refused before it begins.
 *
 * @param heapBytes of Java's memory: weights and Adam's state on their way to the disk
 * @param bytes of all memory: besides, for every trained number its gradient and Adam's two
 *     moments, and every convolution's output, which the way back reads
 */
record MemoryNeed(long heapBytes, long bytes) {
  private static final int COPIES = 4;

  /**
   * Refuses what does not fit into this machine. What lies on a card, its engine refuses.
   *
   * @param recipe with its device and precision decided
   * @throws UserError with the estimate and what to reduce
   */
  static void check(Recipe recipe) {
    long heap = Runtime.getRuntime().maxMemory();
    long machine = recipe.device().equals(Device.CPU.toString()) ? machineBytes() : Long.MAX_VALUE;
    for (StageRecipe stage : recipe.stages()) {
      MemoryNeed need = of(stage, recipe.precision());
      if (need.bytes() > machine) {
        throw refusal(stage, need.bytes(), "this machine has " + gigabytes(machine), "");
      }
      if (need.heapBytes() > heap) {
        throw refusal(
            stage,
            need.heapBytes(),
            "Java has " + gigabytes(heap),
            ", or give Java more with -Xmx in JDK_JAVA_OPTIONS");
      }
    }
  }

  private static UserError refusal(StageRecipe stage, long needed, String there, String more) {
    return new UserError(
        "the "
            + stage.name()
            + " network: "
            + settings(stage)
            + " need at least "
            + gigabytes(needed)
            + " of memory, "
            + there
            + "; "
            + remedy(stage)
            + more);
  }

  private static String settings(StageRecipe stage) {
    return String.format(
        Locale.ROOT,
        "%s, patches(%d, %d) and batch(%d)",
        stage.network().settings(),
        stage.crop(),
        stage.depth(),
        stage.batch());
  }

  /** A sentence for a training that has run out of memory all the same. */
  static UserError exhausted(StageRecipe stage, Throwable cause) {
    return new UserError(
        "training the "
            + stage.name()
            + " network: the memory is used up ("
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
            + ") with "
            + settings(stage)
            + "; "
            + remedy(stage)
            + ", and close what else uses memory",
        cause);
  }

  /** Whether memory was lacking, Java's or an engine's. */
  static boolean isLacking(Throwable e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof OutOfMemoryError
        || words.contains("out of memory")
        || words.contains("can't allocate memory")
        || words.contains("not enough memory");
  }

  private static String remedy(StageRecipe stage) {
    String smaller = stage.network().smaller();
    return String.format(
        Locale.ROOT,
        "take fewer channels, smaller patches or fewer of them: %spatches(%d, %d), batch(%d)",
        smaller.isEmpty() ? "" : smaller + ", ",
        Math.max(1, stage.crop() / 2),
        stage.depth() == 1 ? 1 : Math.max(1, stage.depth() / 2),
        Math.max(2, stage.batch() / 4 * 2));
  }

  static MemoryNeed of(StageRecipe stage, Engine.Precision precision) {
    Graph graph = stage.graph();
    double numbers =
        graph.parameters().stream().map(Parameter::shape).mapToDouble(MemoryNeed::product).sum();
    boolean solid = stage.network().dimensions() == 3;
    int[] patch =
        solid
            ? new int[] {stage.depth(), stage.crop(), stage.crop()}
            : new int[] {stage.crop(), stage.crop()};
    Map<String, Extent> extents = graph.extents();
    double maps =
        graph.nodes().stream()
            .filter(n -> n instanceof Node.Convolution)
            .mapToDouble(n -> values(Objects.requireNonNull(extents.get(n.name())), patch))
            .sum();
    int width = precision == Engine.Precision.FP32 ? Float.BYTES : Short.BYTES;
    double bytes = Float.BYTES * COPIES * numbers + width * stage.batch() * maps;
    return new MemoryNeed((long) (Float.BYTES * (COPIES - 1) * numbers), (long) bytes);
  }

  private static double values(Extent extent, int[] patch) {
    return extent.channels() * product(extent.size(patch));
  }

  private static double product(int[] lengths) {
    return Arrays.stream(lengths).asDoubleStream().reduce(1, (a, b) -> a * b);
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }

  /** As the operating system, or the container around it, says. */
  private static long machineBytes() {
    try {
      return (Long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize");
    } catch (JMException e) {
      return Long.MAX_VALUE;
    }
  }
}
