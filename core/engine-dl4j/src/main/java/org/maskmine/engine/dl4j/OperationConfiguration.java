package org.maskmine.engine.dl4j;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.maskmine.network.Parameter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How an {@link Operation} stands in Deeplearning4j's configuration of a graph. */
final class OperationConfiguration extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final transient List<Parameter> parameters;
  private final transient Function<Operation.Place, Operation> operation;

  OperationConfiguration(
      List<Parameter> parameters, Function<Operation.Place, Operation> operation) {
    this.parameters = parameters;
    this.operation = operation;
  }

  @Override
  public Operation instantiate(
      ComputationGraph network,
      String name,
      int index,
      INDArray weights,
      boolean initialise,
      DataType type) {
    return operation.apply(new Operation.Place(network, name, index, parameters, weights));
  }

  @Override
  public long numParams(boolean backprop) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    throw new UnsupportedOperationException("shapes are the pipeline's to check");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new UnsupportedOperationException("memory is lent by Buffers");
  }

  /** Immutable, so the copy is the same. */
  @Override
  @SuppressWarnings("MissingSuperCall")
  public GraphVertex clone() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
