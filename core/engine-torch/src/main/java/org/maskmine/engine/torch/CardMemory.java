package org.maskmine.engine.torch;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.global.torch;
import org.maskmine.UserError;
import org.maskmine.engine.Card;
import org.maskmine.engine.Images;
import org.maskmine.network.Graph;

/** What a card's memory holds, found by trying: an estimate would miss what libraries take. */
final class CardMemory {
  private CardMemory() {}

  /** Gives memory that no tensor uses any more back to the card. */
  static void release() {
    torch.emptyCache();
  }

  static boolean isFull(RuntimeException e) {
    return String.valueOf(e.getMessage()).contains("out of memory");
  }

  /** Says that a network alone did not fit; gives back what it had taken. */
  static UserError tooLarge(Graph graph, int card, Exception cause) {
    release();
    return new UserError(
        "a network of "
            + graph.trainedNumbers()
            + " trained numbers does not fit into the memory of gpu:"
            + card
            + name(card)
            + "; take a smaller one, base(8), or device(\"cpu\")",
        cause);
  }

  /**
   * Says that images did not fit, and the largest that do.
   *
   * @param what was tried: {@code a training step}
   * @param fits tries images of a shape without changing anything
   */
  static UserError tooLarge(
      String what, Images images, Graph graph, int card, Predicate<Images> fits, Exception cause) {
    int batch = largestBatch(images, fits);
    int[] side = batch > 0 ? images.size() : largestPatch(images, graph, fits);
    String remedy =
        batch > 0
            ? "a batch of " + batch + " fits: take batch(" + batch + ") on the pipeline"
            : side.length == 0
                ? "no smaller patch fits either: take a smaller network, base(8), or device(\"cpu\")"
                : "two of " + patch(images.channels(), side) + " fit: take smaller patches";
    return new UserError(
        what
            + " with "
            + images.count()
            + " patches of "
            + patch(images.channels(), images.size())
            + " in a network of "
            + graph.trainedNumbers()
            + " trained numbers does not fit into the memory of gpu:"
            + card
            + name(card)
            + "; "
            + remedy,
        cause);
  }

  private static String name(int card) {
    return Card.here().stream()
        .filter(c -> c.index() == card)
        .map(c -> " (" + c.name() + ", " + c.memoryMiB() / 1024 + " GiB)")
        .findFirst()
        .orElse("");
  }

  private static String patch(int channels, int[] size) {
    return channels
        + "×"
        + Arrays.stream(size).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }

  /** The largest even number of patches, by bisection; 0 where two do not fit. */
  private static int largestBatch(Images images, Predicate<Images> fits) {
    int low = 0;
    int high = (images.count() - 1) / 2;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (fits.test(empty(2 * middle, images.channels(), images.size()))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return 2 * low;
  }

  /** Halves the patch until two fit; empty where none do. */
  private static int[] largestPatch(Images images, Graph graph, Predicate<Images> fits) {
    int[] size = images.size().clone();
    while (Arrays.stream(size).max().orElse(0) > graph.divisor()) {
      for (int i = 0; i < size.length; i++) {
        size[i] = Math.max(size[i] / 2 / graph.divisor(), 1) * graph.divisor();
      }
      if (fits.test(empty(2, images.channels(), size))) {
        return size;
      }
    }
    return new int[0];
  }

  private static Images empty(int count, int channels, int[] size) {
    int pixels = Arrays.stream(size).reduce(1, (a, b) -> a * b);
    return new Images(count, channels, size, new float[count * channels * pixels]);
  }
}
