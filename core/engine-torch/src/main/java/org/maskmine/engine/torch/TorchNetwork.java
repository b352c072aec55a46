package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Engine;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.engine.Target;
import org.maskmine.network.Graph;
import org.maskmine.network.Parameter;
import org.maskmine.network.Weights;

/** A graph on libtorch: trained arrays and their gradients in flat memory, the rest interpreted. */
final class TorchNetwork implements Network {
  private final Graph graph;
  private final ScalarType features;
  private final Owned owned = new Owned();
  private final Place place;
  private final Losses losses;
  private final Layout layout;
  private final FlatArrays values;
  private final FlatArrays gradients;
  private final FlatArrays running;
  private final Leaves leaves;
  private final Adam adam;
  private final Map<Set<String>, Pass> passes = new HashMap<>();
  private final Owned frozen = new Owned();
  private @Nullable Interpreter prediction;
  private boolean closed;

  /**
   * What it takes to compute some heads.
   *
   * @param ranges where the trained arrays lie that the heads depend on
   */
  private record Pass(Interpreter interpreter, List<Layout.Range> ranges) {}

  TorchNetwork(Graph graph, Weights weights, Engine.Settings settings, boolean bfloat16) {
    this.graph = graph;
    this.place = new Place(settings.device(), owned);
    this.losses = new Losses(place);
    this.features = bfloat16 ? ScalarType.BFloat16 : ScalarType.Float;
    this.layout = Layout.of(parameters(true));
    Layout runningLayout = Layout.of(parameters(false));
    try (PointerScope scope = new PointerScope()) {
      this.values = new FlatArrays(layout, place, owned);
      this.gradients = new FlatArrays(layout, place, owned);
      this.running = new FlatArrays(runningLayout, place, owned);
      layout.slots().keySet().forEach(name -> values.write(name, weights.get(name).values()));
      runningLayout
          .slots()
          .keySet()
          .forEach(name -> running.write(name, weights.get(name).values()));
      this.leaves =
          new Leaves(graph, layout, values.flat(), gradients.flat(), bfloat16, place, owned);
      this.adam = new Adam(layout, settings.l2(), place, owned);
    } catch (RuntimeException e) {
      owned.close();
      throw place.gpu() && CardMemory.isFull(e)
          ? CardMemory.tooLarge(graph, settings.device().index(), e)
          : e;
    } catch (Error e) {
      owned.close();
      throw e;
    }
  }

  private List<Parameter> parameters(boolean trained) {
    return graph.parameters().stream().filter(p -> p.trained() == trained).toList();
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public synchronized Map<String, float[]> predict(Images images) {
    checkOpen();
    images.check(graph);
    try {
      return scoped(false, () -> logits(images));
    } catch (RuntimeException e) {
      throw explained(e, "inference", images, smaller -> scoped(false, () -> logits(smaller)));
    }
  }

  private Map<String, float[]> logits(Images images) {
    Map<String, float[]> logits = new HashMap<>();
    prediction()
        .run(image(images), Mode.PREDICT)
        .forEach((head, z) -> logits.put(head, Tensors.toFloats(z)));
    return logits;
  }

  @Override
  public synchronized DoubleSupplier step(
      Batch batch, Map<String, Loss> losses, double learningRate) {
    checkOpen();
    batch.check(graph, losses);
    try {
      return scoped(true, () -> updated(batch, losses, learningRate));
    } catch (RuntimeException e) {
      throw explained(
          e,
          "a training step",
          batch.images(),
          smaller -> scoped(true, () -> backward(empty(batch, smaller), losses, Mode.GRADIENT)));
    }
  }

  private DoubleSupplier updated(Batch batch, Map<String, Loss> losses, double learningRate) {
    Tensor loss = backward(batch, losses, Mode.TRAIN);
    List<Layout.Range> ranges = pass(losses.keySet()).ranges();
    return Tensors.recording(
        false,
        () -> {
          adam.update(values.flat(), gradients.flat(), ranges, learningRate);
          leaves.refresh();
          thaw();
          return LateNumber.of(loss.detach(), place);
        });
  }

  /** What to throw: where a card's memory was full, what fits, found by trying. */
  private RuntimeException explained(
      RuntimeException e, String what, Images images, Consumer<Images> trial) {
    if (!place.gpu() || !CardMemory.isFull(e)) {
      return e;
    }
    CardMemory.release();
    return CardMemory.tooLarge(what, images, graph, place.index(), i -> runs(trial, i), e);
  }

  private static boolean runs(Consumer<Images> trial, Images images) {
    try {
      trial.accept(images);
      return true;
    } catch (RuntimeException e) {
      if (!CardMemory.isFull(e)) {
        throw e;
      }
      return false;
    } finally {
      CardMemory.release();
    }
  }

  /** A batch with other images and targets of nothing but background. */
  private static Batch empty(Batch like, Images images) {
    int pixels = images.count() * images.pixels();
    byte[] background = new byte[pixels];
    Arrays.fill(background, Target.BACKGROUND);
    Map<String, Target> targets = new HashMap<>();
    like.targets()
        .forEach(
            (head, target) ->
                targets.put(head, new Target(target.classes(), background, new float[pixels])));
    return new Batch(images, targets);
  }

  @Override
  public synchronized LossAndGradient gradient(Batch batch, Map<String, Loss> losses) {
    checkOpen();
    batch.check(graph, losses);
    return scoped(
        true,
        () -> {
          double loss = backward(batch, losses, Mode.GRADIENT).item_double();
          Map<String, Weights.Array> arrays = new LinkedHashMap<>();
          gradients.readInto(arrays, "");
          return new LossAndGradient(loss, new Weights(arrays));
        });
  }

  /** The summed losses; leaves their gradient in {@link #gradients}. */
  private Tensor backward(Batch batch, Map<String, Loss> losses, Mode mode) {
    Pass pass = pass(losses.keySet());
    Map<String, Tensor> logits = pass.interpreter().run(image(batch.images()), mode);
    List<Tensor> terms = new ArrayList<>();
    new TreeMap<>(losses)
        .forEach(
            (head, loss) ->
                terms.add(
                    this.losses.of(
                        loss,
                        Tensors.present(logits.get(head), head),
                        Tensors.present(batch.targets().get(head), head))));
    Tensor sum = terms.stream().reduce(Tensor::add).orElseThrow();
    leaves.clear();
    sum.backward();
    return Tensors.recording(
        false,
        () -> {
          leaves.gather();
          return sum;
        });
  }

  /** What predicts, until a step changes the weights. */
  private Interpreter prediction() {
    if (prediction == null) {
      var operations = new Operations(graph, leaves, running, features, place, frozen);
      var kernels = new Kernels(this::array, graph.dimensions(), place);
      prediction =
          new Interpreter(Plan.prediction(graph), stage -> operations.frozen(stage, kernels));
    }
    return prediction;
  }

  private void thaw() {
    prediction = null;
    frozen.close();
  }

  private Tensor array(String name) {
    return layout.slots().containsKey(name) ? values.view(name) : running.view(name);
  }

  private Pass pass(Set<String> heads) {
    return passes.computeIfAbsent(Set.copyOf(heads), this::newPass);
  }

  private Pass newPass(Set<String> heads) {
    Plan plan = Plan.training(graph, heads, place);
    var operations = new Operations(graph, leaves, running, features, place, owned);
    Set<String> trained =
        plan.stages().stream()
            .flatMap(stage -> stage.unit().nodes())
            .flatMap(node -> node.parameters(graph.dimensions()).stream())
            .filter(Parameter::trained)
            .map(Parameter::name)
            .collect(Collectors.toSet());
    return new Pass(new Interpreter(plan, operations::of), layout.ranges(trained::contains));
  }

  private Tensor image(Images images) {
    long[] sizes = new long[2 + images.size().length];
    sizes[0] = images.count();
    sizes[1] = images.channels();
    for (int i = 0; i < images.size().length; i++) {
      sizes[2 + i] = images.size()[i];
    }
    return place
        .of(images.values(), sizes)
        .to(features)
        .contiguous(
            graph.dimensions() == 2 ? MemoryFormat.ChannelsLast : MemoryFormat.ChannelsLast3d);
  }

  @Override
  public synchronized Weights weights() {
    checkOpen();
    Map<String, Weights.Array> unordered = new HashMap<>();
    values.readInto(unordered, "");
    running.readInto(unordered, "");
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Parameter p : graph.parameters()) {
      arrays.put(p.name(), Tensors.present(unordered.get(p.name()), p.name()));
    }
    return new Weights(arrays);
  }

  @Override
  public synchronized Weights optimiser() {
    checkOpen();
    return adam.state();
  }

  @Override
  public synchronized void restore(Weights optimiser) {
    checkOpen();
    adam.restore(optimiser);
  }

  @Override
  public synchronized void close() {
    closed = true;
    thaw();
    owned.close();
    if (place.gpu()) {
      CardMemory.release();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the network is closed");
    }
  }

  /** Runs work whose tensors are freed at its end. */
  private static <T> T scoped(boolean recording, Supplier<T> work) {
    return Libtorch.compute(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            return Tensors.recording(recording, work);
          }
        });
  }
}
