package org.maskmine.cluster.spark;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

  /**
   * A task's card.
   *
   * @throws UserError where it is not one, or has no number
   */
  static LentCard of(TaskContext task) {
    Map<String, ResourceInformation> lent = task.resourcesJMap();
    return lent.containsKey(GPU)
        ? of(List.of(lent.get(GPU).addresses()), Card.here(), System.getenv("CUDA_VISIBLE_DEVICES"))
        : new LentCard("");
  }

  /**
   * A card by its address, as the worker's discovery script calls it.
   *
   * @param visible what the worker leaves its processes to see; counted anew where it names cards
   */
  static LentCard of(List<String> addresses, List<Card> cards, @Nullable String visible) {
    if (addresses.size() != 1) {
      throw new UserError(
          "spark.task.resource.gpu.amount "
              + addresses.size()
              + ": a training uses one card; set it to 1");
    }
    if (visible != null && cards.size() == 1) {
      return new LentCard(Device.gpu(0).toString());
    }
    String address = addresses.get(0);
    if (!address.matches("[0-9]{1,2}")) {
      throw new UserError(
          "Spark calls its card \""
              + address
              + "\": must be a number, as nvidia-smi counts them; let the discovery script print"
              + " such numbers");
    }
    return new LentCard(Device.GPU + ":" + Integer.parseInt(address));
  }

  /** The device to take for one that a recipe names: any card is the lent one. */
  @Override
  public String apply(String named) {
    return device.isEmpty() || named.equals(Device.CPU.toString()) ? named : device;
  }
}
