package org.maskmine.cluster.spark;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.engine.Card;
import org.maskmine.engine.Device;

/**
 * The card that Spark lends to a task, where {@code spark.task.resource.gpu.amount} asks for one.
 *
 * @param device {@code gpu:3}; empty where Spark lends none
 */
record LentCard(String device) implements UnaryOperator<String> {
  private static final String GPU = "gpu";
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /**
   * A task's card.
   *
   * @throws UserError where it is not one, or none that this process can use
   */
  static LentCard of(TaskContext task) {
    Map<String, ResourceInformation> lent = task.resourcesJMap();
    return lent.containsKey(GPU)
        ? of(List.of(lent.get(GPU).addresses()), Card.all(), System.getenv(VISIBLE))
        : new LentCard("");
  }

  /**
   * A card by its address, which is what the worker's discovery script has printed: Spark hands it
   * on unread. Its own script asks nvidia-smi, which names all cards of the machine, while CUDA
   * counts anew those that it leaves visible.
   *
   * @param all cards of the machine
   * @param visible the value of CUDA_VISIBLE_DEVICES
   */
  static LentCard of(List<String> addresses, List<Card> all, @Nullable String visible) {
    if (addresses.size() != 1) {
      throw new UserError(
          "spark.task.resource.gpu.amount "
              + addresses.size()
              + ": a training uses one card; set it to 1");
    }
    if (all.isEmpty() || Card.isSlice(visible)) {
      // The engines say why there is none; of slices, CUDA shows a process the first one alone.
      return new LentCard(Device.GPU);
    }
    String address = addresses.get(0).strip();
    Card lent =
        all.stream()
            .filter(card -> card.isCalled(address))
            .findFirst()
            .orElseThrow(() -> unknown(address, all));
    return Card.visible(all, visible).stream()
        .filter(card -> card.uuid().equals(lent.uuid()))
        .findFirst()
        .map(card -> new LentCard(Device.gpu(card.index()).toString()))
        .orElseThrow(() -> hidden(address, visible));
  }

  private static UserError unknown(String address, List<Card> all) {
    String numbers =
        all.stream().map(card -> String.valueOf(card.index())).collect(Collectors.joining(", "));
    return new UserError(
        "Spark lends a card \""
            + address
            + "\": must be the number or the UUID of one that nvidia-smi lists here ("
            + numbers
            + "); let the worker's discovery script print such");
  }

  private static UserError hidden(String address, @Nullable String visible) {
    return new UserError(
        "Spark lends the card \""
            + address
            + "\", which "
            + VISIBLE
            + " \""
            + visible
            + "\" hides from this worker; let the worker's discovery script print visible cards"
            + " alone, by their numbers in nvidia-smi");
  }

  /** The device to take for one that a recipe names: any card is the lent one. */
  @Override
  public String apply(String named) {
    return device.isEmpty() || named.equals(Device.CPU.toString()) ? named : device;
  }
}
