package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.maskmine.network.Graph;

/** Computes a {@link Plan} on an image, unit by unit. */
final class Interpreter {
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> outputs;

  private record Step(Plan.Stage stage, Operations.Operation operation) {}

  Interpreter(Plan plan, Function<Plan.Stage, Operations.Operation> operations) {
    this.outputs = plan.outputs();
    for (Plan.Stage stage : plan.stages()) {
      steps.add(new Step(stage, operations.apply(stage)));
    }
  }

  /** Logits of each head of the plan, float32; belong to the current scope. */
  Map<String, Tensor> run(Tensor image, Mode mode) {
    Map<String, Tensor> maps = new HashMap<>();
    maps.put(Graph.IMAGE, image);
    for (Step step : steps) {
      compute(step, maps, mode);
    }
    Map<String, Tensor> logits = new HashMap<>();
    outputs.forEach((head, node) -> logits.put(head, Tensors.present(maps.get(node), node)));
    return logits;
  }

  /** Computes one unit and lets go of what nothing reads any more. */
  private static void compute(Step step, Map<String, Tensor> maps, Mode mode) {
    Plan.Stage stage = step.stage();
    List<Tensor> inputs = new ArrayList<>();
    for (String input : stage.unit().inputs()) {
      inputs.add(Tensors.present(maps.get(input), input));
    }
    Operations.Operation operation = step.operation();
    Tensor result =
        stage.inPlace()
            ? operation.apply(inputs, mode)
            : Tensors.alone(() -> operation.apply(inputs, mode));
    maps.put(stage.unit().name(), result);
    for (String finished : stage.finished()) {
      Tensor tensor = maps.remove(finished);
      if (tensor != null && !stage.inPlace()) {
        tensor.close();
      }
    }
  }
}
