package org.maskmine.dsl.course;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.maskmine.UserError;
import org.maskmine.dsl.figure.Chart;
import org.maskmine.dsl.figure.Figures;
import org.maskmine.dsl.figure.Line;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;

/** Curves of functions and points, as a value: every method gives a variant. */
public final class Plot implements Viewable {
  private static final int STEPS = 240;

  private final String title;
  private final String xLabel;
  private final double from;
  private final double to;
  private final String yLabel;
  private final List<Line> lines;

  Plot(String title) {
    this(title, "x", 0, 1, "", List.of());
  }

  private Plot(
      String title, String xLabel, double from, double to, String yLabel, List<Line> lines) {
    this.title = title;
    this.xLabel = xLabel;
    this.from = from;
    this.to = to;
    this.yLabel = yLabel;
    this.lines = List.copyOf(lines);
  }

  /** The horizontal axis: what it shows, and where curves begin and end. */
  public Plot x(String label, double from, double to) {
    if (!(from < to)) {
      throw new UserError(
          "x(\"" + label + "\", " + from + ", " + to + "): must begin before it ends; swap them");
    }
    return new Plot(title, label, from, to, yLabel, lines);
  }

  /** What the vertical axis shows. */
  public Plot y(String label) {
    return new Plot(title, xLabel, from, to, label, lines);
  }

  /** The curve of a function, over the range that {@link #x} gave. */
  public Plot line(String label, DoubleUnaryOperator function) {
    double[] x =
        IntStream.rangeClosed(0, STEPS).mapToDouble(i -> from + (to - from) * i / STEPS).toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double value = function.applyAsDouble(x[i]);
      y[i] = Double.isFinite(value) ? value : Double.NaN;
    }
    return with(new Line(label, x, y, true));
  }

  /** Single points. */
  public Plot points(String label, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new UserError(
          "points(\""
              + label
              + "\", …): "
              + x.length
              + " x and "
              + y.length
              + " y; give one y for each x");
    }
    return with(new Line(label, x, y, false));
  }

  private Plot with(Line line) {
    List<Line> all = new ArrayList<>(lines);
    all.add(line);
    return new Plot(title, xLabel, from, to, yLabel, all);
  }

  /** The drawing, which can be saved. */
  public Chart chart() {
    return Figures.lines(title, xLabel, yLabel, lines);
  }

  @Override
  public View view() {
    return chart().view();
  }
}
