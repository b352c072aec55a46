package org.maskmine.engine.dl4j;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Turns a graph into Deeplearning4j's, vertex by vertex under the same names. */
final class GraphBuilding {
  private final Graph graph;
  private final Session session;

  private GraphBuilding(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * The network with these weights.
   *
   * @param weights flat, as {@link Layout} orders them; used, not copied
   */
  static ComputationGraph build(Graph graph, Session session, INDArray weights) {
    var network = new ComputationGraph(new GraphBuilding(graph, session).configuration());
    network.init(weights, false);
    network.initGradientsView();
    return network;
  }

  /** The vertex that gives a head's logits. */
  static String vertex(String head) {
    return "out:" + head;
  }

  /** The names of the heads in the order of the network's outputs. */
  static Collection<String> heads(Graph graph) {
    return new TreeSet<>(graph.heads().keySet());
  }

  private ComputationGraphConfiguration configuration() {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs(Graph.IMAGE);
    for (Node node : graph.nodes()) {
      var vertex = new OperationConfiguration(node.parameters(graph.dimensions()), operation(node));
      builder.addVertex(node.name(), vertex, node.inputs().toArray(String[]::new));
    }
    for (String head : heads(graph)) {
      var vertex = new OperationConfiguration(List.of(), p -> new HeadOperation(p, session));
      builder.addVertex(vertex(head), vertex, graph.heads().get(head));
    }
    return builder
        .setOutputs(heads(graph).stream().map(GraphBuilding::vertex).toArray(String[]::new))
        .build();
  }

  private Function<Operation.Place, Operation> operation(Node node) {
    int axes = graph.dimensions();
    if (node instanceof Node.Convolution n) {
      return p -> new ConvolutionOperation(p, session, axes, n);
    } else if (node instanceof Node.Upsampling n) {
      return p -> new UpsamplingOperation(p, session, axes, n.outChannels());
    } else if (node instanceof Node.MaxPooling) {
      return p -> new MaxPoolingOperation(p, session, axes);
    } else if (node instanceof Node.BatchNorm) {
      return p -> new BatchNormOperation(p, session);
    } else if (node instanceof Node.GroupNorm n) {
      return p -> new GroupNormOperation(p, session, n.groups());
    } else if (node instanceof Node.LeakyRelu n) {
      boolean inPlace = mayOverwrite(n.input());
      return p -> new LeakyReluOperation(p, session, n.slope(), inPlace);
    } else if (node instanceof Node.Sum n) {
      boolean inPlace = mayOverwrite(n.inputs().get(0));
      return p -> new SumOperation(p, session, inPlace);
    } else if (node instanceof Node.Concatenation) {
      return p -> new ConcatenationOperation(p, session);
    } else if (node instanceof Node.SqueezeExcitation) {
      return p -> new SqueezeExcitationOperation(p, session);
    } else if (node instanceof Node.ForegroundProbability) {
      return p -> new ForegroundProbabilityOperation(p, session);
    }
    throw new IllegalArgumentException("unknown node " + node);
  }

  /** Whether nobody else reads this feature map, not even the backward pass of its own node. */
  private boolean mayOverwrite(String name) {
    if (name.equals(Graph.IMAGE)) {
      return false;
    }
    Node node = graph.node(name);
    boolean keepsResult =
        node instanceof Node.LeakyRelu || node instanceof Node.ForegroundProbability;
    long readers =
        graph.nodes().stream().flatMap(n -> n.inputs().stream()).filter(name::equals).count();
    return !keepsResult && readers == 1 && !graph.heads().containsValue(name);
  }
}
