package org.maskmine.engine.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.maskmine.network.Parameter;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A vertex of Deeplearning4j's graph that computes one node with ND4J's native operations.
 *
 * <p>Feature maps come from the session's {@link Buffers}. In a training pass they live until its
 * end; in evaluation each is given back after its last reader. Gradients of feature maps are handed
 * over: who gets one owns it, and returns it, overwritten, or gives it back.
 */
abstract class Operation extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  /**
   * Where an operation stands.
   *
   * @param weights its part of the network's flat weights; null without parameters
   */
  record Place(
      ComputationGraph network,
      String name,
      int index,
      List<Parameter> parameters,
      @Nullable INDArray weights) {}

  final transient Session session;
  private final transient Place place;
  private final transient Map<String, INDArray> weights;
  private transient Map<String, INDArray> gradients = Map.of();
  private transient @Nullable INDArray flatGradient;
  private transient @Nullable INDArray handedBack;

  Operation(Place place, Session session) {
    super(place.network(), place.name(), place.index(), null, null, DataType.FLOAT);
    this.place = place;
    this.session = session;
    this.weights = views(place.weights());
  }

  /** The feature map in training mode, from {@link #input}; keeps what {@link #backward} needs. */
  abstract INDArray forward();

  /** The feature map in evaluation mode. */
  INDArray evaluate() {
    return forward();
  }

  /**
   * Writes the gradients of the weights and gives those of the inputs.
   *
   * @param gradient of the loss by this feature map; owned
   * @return one per input, owned by the caller; {@link Session#nobody} where it is not {@link
   *     #wants wanted}
   */
  abstract INDArray[] backward(INDArray gradient);

  /** The feature map of the n-th input. */
  final INDArray input(int n) {
    return inputs[n];
  }

  /** Whether anybody needs the gradient of the n-th input: not so for the image. */
  final boolean wants(int n) {
    return !source(n).isInputVertex();
  }

  /** What the forward pass kept for the backward one. */
  final <T> T kept(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(vertexName + ": backward without forward");
    }
    return value;
  }

  /** A weight array by its short name, a view of the network's weights. */
  final INDArray weight(String name) {
    return known(weights, name);
  }

  /** Where the gradient of a weight array belongs. */
  final INDArray gradient(String name) {
    return known(gradients, name);
  }

  /** A buffer for this operation's feature map. */
  final INDArray output(long... shape) {
    return session.buffers.take(readers(), shape);
  }

  private int readers() {
    return Math.max(1, getNumOutputConnections());
  }

  private INDArray known(Map<String, INDArray> arrays, String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException(vertexName + " has no array " + name);
    }
    return array;
  }

  @Override
  public final INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    handedBack = null;
    if (training) {
      return forward();
    }
    INDArray result = evaluate();
    for (INDArray input : inputs) {
      if (input == result) {
        session.buffers.passedOn(result, readers());
      } else {
        session.buffers.read(input);
      }
    }
    return result;
  }

  /** Adds a gradient by this feature map, which is then owned here, to those handed back before. */
  final void handBack(INDArray gradient) {
    if (handedBack == null) {
      handedBack = gradient;
    } else {
      session.add.run(handedBack, gradient, handedBack);
      session.buffers.giveBack(gradient);
    }
  }

  /** Goes backward with what was handed back, if anything was, and hands back to the inputs. */
  final void propagate() {
    if (handedBack == null) {
      return;
    }
    INDArray[] gradients = backward(handedBack);
    handedBack = null;
    for (int i = 0; i < gradients.length; i++) {
      if (source(i) instanceof Operation operation) {
        operation.handBack(gradients[i]);
      }
    }
  }

  private GraphVertex source(int n) {
    return graph.getVertices()[inputVertices[n].getVertexIndex()];
  }

  /** Deeplearning4j's way back leaves native memory to the garbage collector with every sum. */
  @Override
  public final Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr mgr) {
    throw new UnsupportedOperationException("Dl4jNetwork goes backward by propagate()");
  }

  /** Cuts a flat array into this operation's named arrays. */
  private Map<String, INDArray> views(@Nullable INDArray flat) {
    if (flat == null) {
      return Map.of();
    }
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (Parameter p : place.parameters()) {
      long[] shape = Arrays.stream(p.shape()).asLongStream().toArray();
      INDArray part = flat.get(NDArrayIndex.interval(from, from + p.size()));
      views.put(p.name().substring(place.name().length() + 1), part.reshape('c', shape));
      from += p.size();
    }
    return views;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray flat) {
    flatGradient = flat;
    gradients = views(flat);
  }

  @Override
  public final Map<String, INDArray> paramTable(boolean backpropOnly) {
    return weights;
  }

  @Override
  public final @Nullable INDArray params() {
    return place.weights();
  }

  @Override
  public final @Nullable INDArray getGradientsViewArray() {
    return flatGradient;
  }

  /** The parameters in the order of the flat weights. */
  final List<Parameter> parameters() {
    return new ArrayList<>(place.parameters());
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public final @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " " + vertexName;
  }
}
