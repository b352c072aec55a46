package org.maskmine.dsl.course;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;

/**
 * AdaBoost (Freund and Schapire 1997) on points in the plane, as a value: {@link #round} gives the
 * next state. A weak learner is one straight cut, along x or along y.
 */
public final class Boosting implements Viewable {
  private static final int POINTS = 60;

  private final double[][] points;
  private final boolean[] inside;
  private final double[] weights;
  private final List<Cut> cuts;

  /**
   * A weak learner with its say in the vote.
   *
   * @param axis 0 for x, 1 for y
   * @param at where it cuts
   * @param below whether it says "inside" below the cut, else above
   * @param error sum of the weights of the points that it got wrong
   * @param alpha its weight in the vote
   */
  public record Cut(int axis, double at, boolean below, double error, double alpha) {
    boolean says(double[] point) {
      return point[axis] < at == below;
    }

    @Override
    public String toString() {
      return (axis == 0 ? "x" : "y") + (below ? " < " : " > ") + Math.round(at * 100) / 100.0;
    }
  }

  private Boosting(double[][] points, boolean[] inside, double[] weights, List<Cut> cuts) {
    this.points = points;
    this.inside = inside;
    this.weights = weights;
    this.cuts = List.copyOf(cuts);
  }

  /** A round class within another, so that no single cut separates them. */
  static Boosting of(long seed) {
    var random = new Random(seed);
    double[][] points = new double[POINTS][];
    boolean[] inside = new boolean[POINTS];
    for (int i = 0; i < POINTS; i++) {
      points[i] = new double[] {random.nextDouble(0.03, 0.97), random.nextDouble(0.03, 0.97)};
      double distance = Math.hypot(points[i][0] - 0.5, points[i][1] - 0.5);
      inside[i] = distance + 0.04 * random.nextGaussian() < 0.34;
    }
    double[] weights = new double[POINTS];
    Arrays.fill(weights, 1.0 / POINTS);
    return new Boosting(points, inside, weights, List.of());
  }

  /**
   * The next round: the best cut for today's weights joins the vote with α(error), and every point
   * it gets wrong is multiplied by exp(α), every other by exp(−α); weights then sum to 1 again.
   *
   * @param alpha from the cut's weighted error, in (0, ½), to its say in the vote
   */
  public Boosting round(DoubleUnaryOperator alpha) {
    Cut best = best();
    double say = alpha.applyAsDouble(best.error());
    if (!Double.isFinite(say)) {
      return this;
    }
    var cut = new Cut(best.axis(), best.at(), best.below(), best.error(), say);
    double[] next = new double[weights.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = weights[i] * Math.exp(isWrong(cut, i) ? say : -say);
    }
    double sum = Arrays.stream(next).sum();
    for (int i = 0; i < next.length; i++) {
      next[i] /= sum;
    }
    List<Cut> all = new ArrayList<>(cuts);
    all.add(cut);
    return new Boosting(points, inside, next, all);
  }

  /** Several rounds. */
  public Boosting rounds(int count, DoubleUnaryOperator alpha) {
    Boosting state = this;
    for (int i = 0; i < count; i++) {
      state = state.round(alpha);
    }
    return state;
  }

  private Cut best() {
    Cut best = new Cut(0, 0, true, 1, 0);
    for (int axis = 0; axis < 2; axis++) {
      for (double[] point : points) {
        for (boolean below : new boolean[] {true, false}) {
          var cut = new Cut(axis, point[axis], below, 0, 0);
          double error = 0;
          for (int i = 0; i < points.length; i++) {
            error += isWrong(cut, i) ? weights[i] : 0;
          }
          if (error < best.error()) {
            best = new Cut(axis, point[axis], below, error, 0);
          }
        }
      }
    }
    return best;
  }

  private boolean isWrong(Cut cut, int i) {
    return cut.says(points[i]) != inside[i];
  }

  /** What the vote of all cuts says about a place: positive for inside. */
  double vote(double x, double y) {
    double[] point = {x, y};
    return cuts.stream().mapToDouble(c -> c.says(point) ? c.alpha() : -c.alpha()).sum();
  }

  /** The weak learners so far, with their errors and their say. */
  public List<Cut> cuts() {
    return cuts;
  }

  /** The weight of every point; together 1. */
  public double[] weights() {
    return weights.clone();
  }

  /** The weight, after the last round, of all points that the last cut got wrong. */
  public double wrongShare() {
    double share = cuts.isEmpty() ? Double.NaN : 0;
    for (int i = 0; i < weights.length && !cuts.isEmpty(); i++) {
      share += isWrong(cuts.get(cuts.size() - 1), i) ? weights[i] : 0;
    }
    return share;
  }

  /** How many points the vote of all cuts gets wrong. */
  public int misses() {
    int misses = 0;
    for (int i = 0; i < points.length; i++) {
      misses += isMissed(i) ? 1 : 0;
    }
    return misses;
  }

  boolean isMissed(int i) {
    return vote(points[i][0], points[i][1]) > 0 != inside[i];
  }

  double[] point(int i) {
    return points[i];
  }

  boolean isInside(int i) {
    return inside[i];
  }

  double weight(int i) {
    return weights[i];
  }

  int size() {
    return points.length;
  }

  @Override
  public View view() {
    return new BoostingFigure(this).view();
  }

  @Override
  public String toString() {
    return cuts.isEmpty()
        ? size() + " points before the first round"
        : "round " + cuts.size() + ": " + cuts.get(cuts.size() - 1) + ", misses " + misses();
  }
}
