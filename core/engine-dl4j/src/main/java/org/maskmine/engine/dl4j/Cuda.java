package org.maskmine.engine.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maskmine.engine.Card;
import org.maskmine.engine.Device;

/**
 * Which of ND4J's two back ends this program runs on: it loads one, at its start, the one with the
 * higher priority. Looks without loading.
 *
 * @param packed whether the back end for CUDA 11 is on the class path
 * @param environment where ND4J reads its priorities
 * @param processor what ND4J needs without a card
 */
record Cuda(boolean packed, Map<String, String> environment, Binary processor) {
  private static final String BACKEND = "/org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String HOW = "environment/lab --gpu cuda11";

  static Cuda here() {
    boolean packed = Cuda.class.getResource(BACKEND) != null;
    return new Cuda(packed, System.getenv(), Binary.here());
  }

  /** ND4J takes the processor's back end at 0 and the card's at 100, where nothing is said. */
  private boolean takesCard() {
    return packed && priority("BACKEND_PRIORITY_GPU", 100) > priority("BACKEND_PRIORITY_CPU", 0);
  }

  private int priority(String variable, int otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : otherwise;
  }

  /** Why the processor cannot be used, in one sentence; empty where it can. */
  Optional<String> withoutGpu(List<Card> cards) {
    return takesCard() && !cards.isEmpty()
        ? Optional.of(
            "engine dl4j: ND4J was started for the card and uses one back end at a time; take"
                + " engine(TORCH), or start with environment/lab --gpu cpu")
        : processor.unusable();
  }

  /** Why a card cannot be used, in one sentence; empty where it can. */
  Optional<String> unusable(Device device, List<Card> cards) {
    Optional<Card> found = cards.stream().filter(c -> c.index() == device.index()).findFirst();
    if (found.isEmpty()) {
      return Optional.of("the driver lists no such card; devices() shows those it lists");
    }
    Card card = found.get();
    // The binaries hold machine code up to 8.6 and nothing that a newer card could translate.
    if (!card.isBetween(50, 89)) {
      return Optional.of(
          card
              + ": ND4J for CUDA 11 has code for compute capability 5.0 to 8.9; take "
              + (card.capability() > 89 ? "engine(TORCH)" : "device(\"cpu\")"));
    }
    if (device.index() != 0) {
      return Optional.of(
          "engine dl4j: ND4J computes on gpu:0; set CUDA_VISIBLE_DEVICES="
              + device.index()
              + " before the start, and take gpu:0");
    }
    return takesCard()
        ? Optional.empty()
        : Optional.of(card + ": ND4J was started for the processor; start it with " + HOW);
  }
}
