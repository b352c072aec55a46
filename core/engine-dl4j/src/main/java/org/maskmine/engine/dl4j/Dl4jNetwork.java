package org.maskmine.engine.dl4j;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.maskmine.UserError;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Graph;
import org.maskmine.network.Weights;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph as Deeplearning4j's ComputationGraph. The losses are computed outside and handed in as
 * the gradients of its outputs.
 */
final class Dl4jNetwork implements Network {
  private final Graph graph;
  private final List<String> heads;
  private final Session session = new Session();
  private final ComputationGraph network;
  private final INDArray flatWeights;
  private final INDArray flatGradient;
  private final Layout layout;
  private final Adam adam;
  private final Map<Set<String>, List<Adam.Range>> trained = new HashMap<>();
  private boolean closed;

  Dl4jNetwork(Graph graph, Weights weights, Engine.Settings settings) {
    this.graph = graph;
    this.heads = List.copyOf(GraphBuilding.heads(graph));
    long length = Layout.length(graph);
    INDArray flat = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    network = GraphBuilding.build(graph, session, flat);
    flatWeights = network.params().ravel();
    flatGradient = network.getGradientsViewArray().ravel();
    layout = new Layout(graph, network);
    Native.write(layout.flat(weights, ""), flat);
    adam = new Adam(length, settings.l2());
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public Map<String, float[]> predict(Images images) {
    try {
      List<INDArray> maps = logits(images, false);
      Map<String, float[]> logits = new LinkedHashMap<>();
      for (int i = 0; i < maps.size(); i++) {
        logits.put(heads.get(i), Native.read(maps.get(i)));
      }
      return logits;
    } finally {
      session.buffers.reset();
    }
  }

  @Override
  public DoubleSupplier step(Batch batch, Map<String, Loss> losses, double learningRate) {
    try {
      double loss = backward(batch, losses);
      List<Adam.Range> ranges =
          trained.computeIfAbsent(Set.copyOf(losses.keySet()), layout::reachedBy);
      adam.step(flatWeights, flatGradient, ranges, learningRate);
      return () -> loss;
    } finally {
      session.buffers.reset();
    }
  }

  @Override
  public LossAndGradient gradient(Batch batch, Map<String, Loss> losses) {
    session.movesStatistics = false;
    try {
      double loss = backward(batch, losses);
      return new LossAndGradient(loss, new Weights(layout.trained("", Native.read(flatGradient))));
    } finally {
      session.movesStatistics = true;
      session.buffers.reset();
    }
  }

  /** Forward in training mode, losses, backward; the gradient is in {@link #flatGradient}. */
  private double backward(Batch batch, Map<String, Loss> losses) {
    batch.check(graph, losses);
    Native.clear(flatGradient);
    Images images = batch.images();
    List<INDArray> logits = logits(images, true);
    double value = 0;
    for (int i = 0; i < logits.size(); i++) {
      String head = heads.get(i);
      Loss loss = losses.get(head);
      if (loss != null) {
        Target target = Objects.requireNonNull(batch.targets().get(head));
        var result = HeadLoss.of(loss, target, Native.read(logits.get(i)), images.count());
        value += result.value();
        INDArray gradient = session.lend(result.gradient(), logits.get(i).shape());
        operation(GraphBuilding.vertex(head)).handBack(gradient);
      }
    }
    propagate();
    return value;
  }

  private void propagate() {
    int[] order = network.topologicalSortOrder();
    for (int i = order.length - 1; i >= 0; i--) {
      if (network.getVertices()[order[i]] instanceof Operation operation) {
        operation.propagate();
      }
    }
  }

  private Operation operation(String name) {
    return (Operation) network.getVertex(name);
  }

  /** The feature maps of the heads, in their order. */
  private List<INDArray> logits(Images images, boolean training) {
    if (closed) {
      throw new IllegalStateException("the network is closed");
    }
    images.check(graph);
    INDArray image = session.buffers.take(Integer.MAX_VALUE, shape(images));
    Native.write(images.values(), image);
    Map<String, INDArray> maps = network.feedForward(new INDArray[] {image}, training, !training);
    return heads.stream()
        .map(h -> Objects.requireNonNull(maps.get(GraphBuilding.vertex(h))))
        .toList();
  }

  private static long[] shape(Images images) {
    long[] shape = new long[2 + images.size().length];
    shape[0] = images.count();
    shape[1] = images.channels();
    for (int i = 2; i < shape.length; i++) {
      shape[i] = images.size()[i - 2];
    }
    return shape;
  }

  @Override
  public Weights weights() {
    return new Weights(layout.named(Native.read(flatWeights)));
  }

  @Override
  public Weights optimiser() {
    Map<String, Weights.Array> state = new LinkedHashMap<>();
    state.putAll(layout.trained("m.", Native.read(adam.m)));
    state.putAll(layout.trained("v.", Native.read(adam.v)));
    state.put("step", new Weights.Array(new int[] {1}, new float[] {adam.steps()}));
    return new Weights(state);
  }

  @Override
  public void restore(Weights optimiser) {
    checkState(optimiser);
    Native.write(layout.flat(optimiser, "m."), adam.m);
    Native.write(layout.flat(optimiser, "v."), adam.v);
    adam.setSteps((long) optimiser.get("step").values()[0]);
  }

  private void checkState(Weights state) {
    for (String name : optimiser().arrays().keySet()) {
      if (!state.arrays().containsKey(name)) {
        throw new UserError(
            "the optimiser's state lacks "
                + name
                + ": it must hold every trained array of the network; take the state that was saved"
                + " with these weights");
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      adam.close();
      network.params().close();
      network.getGradientsViewArray().close();
    }
  }
}
