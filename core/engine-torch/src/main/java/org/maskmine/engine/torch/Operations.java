package org.maskmine.engine.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

/** What each kind of {@link Node} does on tensors, in 2D and 3D alike. */
final class Operations {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;
  private static final long MOST_NEIGHBOURS = 64;
  private static final int FEW_CHANNELS = 16;

  private final Graph graph;
  private final Leaves leaves;
  private final FlatArrays running;
  private final Owned owned;
  private final ScalarType features;
  private final Place place;

  Operations(
      Graph graph,
      Leaves leaves,
      FlatArrays running,
      ScalarType features,
      Place place,
      Owned owned) {
    this.graph = graph;
    this.leaves = leaves;
    this.running = running;
    this.features = features;
    this.place = place;
    this.owned = owned;
  }

  /** One node's work. Results belong to the current scope. */
  @FunctionalInterface
  interface Operation {
    Tensor apply(List<Tensor> inputs, Mode mode);
  }

  /** The operation of a stage, by the values that the trained arrays have when it is applied. */
  Operation of(Plan.Stage stage) {
    return stage.unit().isAlone()
        ? of(stage.unit().node(), stage.inPlace())
        : residual(stage.unit());
  }

  /** The same for evaluation, by the values that the arrays have now. */
  Operation frozen(Plan.Stage stage, Kernels kernels) {
    return stage.unit().isAlone() ? of(stage) : frozen(stage.unit(), kernels);
  }

  /**
   * The operation of a node.
   *
   * @param inPlace whether the input may be overwritten, which the result then shares
   */
  private Operation of(Node node, boolean inPlace) {
    if (node instanceof Node.Convolution c) {
      return convolution(c);
    }
    if (node instanceof Node.Upsampling u) {
      return (in, mode) ->
          convolve(in.get(0), leaves.tensor(u.name() + ".weight"), bias(u.name()), 2, 1, true);
    }
    if (node instanceof Node.MaxPooling) {
      return (in, mode) ->
          graph.dimensions() == 2
              ? torch.max_pool2d(in.get(0), axes(2))
              : torch.max_pool3d(in.get(0), axes(2));
    }
    if (node instanceof Node.BatchNorm b) {
      return batchNorm(b);
    }
    if (node instanceof Node.GroupNorm g) {
      return groupNorm(g);
    }
    if (node instanceof Node.LeakyRelu r) {
      return leakyRelu(r, inPlace);
    }
    if (node instanceof Node.Sum) {
      return (in, mode) -> in.stream().reduce(Tensor::add).orElseThrow();
    }
    if (node instanceof Node.Concatenation) {
      return (in, mode) -> concatenate(in);
    }
    if (node instanceof Node.SqueezeExcitation s) {
      return (in, mode) -> squeezeExcitation(s, in.get(0));
    }
    if (node instanceof Node.ForegroundProbability) {
      return (in, mode) -> foreground(in.get(0));
    }
    throw new IllegalArgumentException("no operation for " + node);
  }

  /** Heads always compute in float32. */
  private Operation convolution(Node.Convolution c) {
    boolean head = graph.heads().containsValue(c.name());
    Tensor weight = leaves.tensor(c.name() + ".weight");
    TensorOptional bias = c.bias() ? bias(c.name()) : owned.keep(new TensorOptional());
    return (in, mode) -> {
      if (!head && isWronglyHalved(in.get(0), c)) {
        return widened(in.get(0), c);
      }
      Tensor x = head ? in.get(0).to(ScalarType.Float) : in.get(0);
      return convolve(x, weight, bias, c.stride(), c.kernel() / 2, false);
    };
  }

  /**
   * On processors, libtorch leaves parts of a kernel's gradient unset in bfloat16 where a volume
   * has fewer slices than the kernel (oneDNN; seen with libtorch 2.10 at two slices).
   */
  private boolean isWronglyHalved(Tensor x, Node.Convolution c) {
    return graph.dimensions() == 3
        && features == ScalarType.BFloat16
        && !place.gpu()
        && x.size(2) < c.kernel();
  }

  private Tensor widened(Tensor x, Node.Convolution c) {
    Tensor weight = leaves.tensor(c.name() + ".weight").to(ScalarType.Float);
    var bias =
        c.bias()
            ? new TensorOptional(leaves.tensor(c.name() + ".bias").to(ScalarType.Float))
            : new TensorOptional();
    return convolve(x.to(ScalarType.Float), weight, bias, c.stride(), c.kernel() / 2, false)
        .to(features);
  }

  private Operation residual(Unit unit) {
    var kernels = new Kernels(leaves::tensor, graph.dimensions(), place);
    var c = (Node.Convolution) unit.node();
    int padding = c.kernel() / 2;
    return (in, mode) -> {
      Kernels.Kernel kernel = kernels.residual(unit);
      ScalarType type = isWronglyHalved(in.get(0), c) ? ScalarType.Float : features;
      var bias = new TensorOptional(kernel.bias().to(type));
      Tensor x = in.get(0).to(type);
      return convolve(x, kernel.weight().to(type), bias, 1, padding, false).to(features);
    };
  }

  private Operation frozen(Unit unit, Kernels kernels) {
    Kernels.Kernel kernel = kernels.folded(unit);
    var c = (Node.Convolution) unit.node();
    Tensor weight = owned.keep(kernel.weight().to(features).contiguous(layout()));
    TensorOptional bias = owned.keep(new TensorOptional(kernel.bias().to(features)));
    Border border = kernel.border().kept(features, owned);
    return (in, mode) -> {
      Tensor y = convolve(in.get(0), weight, bias, c.stride(), c.kernel() / 2, false);
      border.addTo(y);
      return y;
    };
  }

  private MemoryFormat layout() {
    return graph.dimensions() == 2 ? MemoryFormat.ChannelsLast : MemoryFormat.ChannelsLast3d;
  }

  private Tensor convolve(
      Tensor x, Tensor weight, TensorOptional bias, int stride, int padding, boolean transposed) {
    return torch.convolution(
        x, weight, bias, axes(stride), axes(padding), axes(1), transposed, axes(0), 1);
  }

  private Operation batchNorm(Node.BatchNorm b) {
    TensorOptional mean = owned.keep(new TensorOptional(running.view(b.name() + ".running_mean")));
    TensorOptional variance =
        owned.keep(new TensorOptional(running.view(b.name() + ".running_var")));
    TensorOptional none = owned.keep(new TensorOptional());
    return (in, mode) ->
        torch.batch_norm(
            in.get(0),
            weight(b.name()),
            bias(b.name()),
            mode == Mode.GRADIENT ? none : mean,
            mode == Mode.GRADIENT ? none : variance,
            mode != Mode.PREDICT,
            MOMENTUM,
            EPSILON,
            place.gpu());
  }

  /**
   * On a card its arrays have the feature maps' format, on the processor they stay float32. There,
   * a gradient takes libtorch ten times as long where the channels of a voxel follow each other as
   * where each channel is in one piece; so does inference of few channels.
   */
  private Operation groupNorm(Node.GroupNorm g) {
    return (in, mode) -> {
      Tensor x = in.get(0);
      if (place.gpu()) {
        var weight = new TensorOptional(leaves.tensor(g.name() + ".weight").to(features));
        var bias = new TensorOptional(leaves.tensor(g.name() + ".bias").to(features));
        return torch.group_norm(x, g.groups(), weight, bias, EPSILON, false);
      }
      boolean wholeChannels = mode != Mode.PREDICT || g.channels() < FEW_CHANNELS;
      Tensor y =
          torch.group_norm(
              wholeChannels ? x.contiguous() : x,
              g.groups(),
              weight(g.name()),
              bias(g.name()),
              EPSILON,
              false);
      return wholeChannels ? y.contiguous(layout()) : y;
    };
  }

  private Operation leakyRelu(Node.LeakyRelu r, boolean inPlace) {
    Scalar slope = owned.keep(new Scalar(r.slope()));
    return (in, mode) -> {
      if (!inPlace) {
        return torch.leaky_relu(in.get(0), slope);
      }
      torch.leaky_relu_(in.get(0), slope);
      return in.get(0);
    };
  }

  private static Tensor concatenate(List<Tensor> inputs) {
    // The vector holds its tensors, so it must not live as long as the scope does.
    try (TensorVector vector = new TensorVector(inputs.toArray(Tensor[]::new))) {
      return torch.cat(vector, 1);
    }
  }

  private Tensor squeezeExcitation(Node.SqueezeExcitation s, Tensor x) {
    Tensor hidden = linear(means(x), s.name() + ".down").relu();
    Tensor scale = linear(hidden, s.name() + ".up").sigmoid();
    long[] shape = new long[2 + graph.dimensions()];
    Arrays.fill(shape, 1);
    shape[0] = scale.size(0);
    shape[1] = s.channels();
    return x.mul(scale.view(shape).to(features));
  }

  /**
   * The mean of each channel, float32 [batch, channel]. On processors libtorch would write a whole
   * bfloat16 feature map as float32 to add it up; so means of up to 64 neighbours come first, as
   * bfloat16, where a power of two divides the voxels.
   */
  private Tensor means(Tensor x) {
    Tensor maps = x;
    long voxels = x.numel() / x.size(0) / x.size(1);
    long neighbours = Math.min(MOST_NEIGHBOURS, Long.lowestOneBit(voxels));
    if (features == ScalarType.BFloat16 && !place.gpu() && neighbours > 1) {
      Tensor channelsLast = x.movedim(1, -1);
      maps =
          torch.avg_pool2d(
              channelsLast.reshape(x.size(0), -1, neighbours, x.size(1)).permute(0, 3, 1, 2),
              1,
              neighbours);
    }
    long[] spatial = new long[(int) maps.dim() - 2];
    Arrays.setAll(spatial, i -> i + 2L);
    return maps.mean(spatial, false, new ScalarTypeOptional(ScalarType.Float));
  }

  private Tensor linear(Tensor x, String array) {
    return torch.linear(x, leaves.tensor(array + ".weight"), bias(array));
  }

  private Tensor foreground(Tensor logits) {
    Tensor difference = logits.narrow(1, 1, 1).sub(logits.narrow(1, 0, 1));
    return difference.sigmoid().to(features);
  }

  private TensorOptional weight(String node) {
    return leaves.optional(node + ".weight");
  }

  private TensorOptional bias(String node) {
    return leaves.optional(node + ".bias");
  }

  private long[] axes(long value) {
    long[] axes = new long[graph.dimensions()];
    Arrays.fill(axes, value);
    return axes;
  }
}
