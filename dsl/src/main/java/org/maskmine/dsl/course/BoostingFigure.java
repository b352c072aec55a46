package org.maskmine.dsl.course;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.maskmine.dsl.view.Figure;
import org.maskmine.dsl.view.Typeface;

/**
 * Points as large as their weights, the vote as the ground, the last cut as a line; points that the
 * vote gets wrong are ringed.
 */
final class BoostingFigure implements Figure {
  private static final int SIDE = 340;
  private static final int MARGIN = 12;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int GRID = 68;
  private static final Color INK = new Color(0x222222);
  private static final Color INSIDE = new Color(0x0072B2);
  private static final Color OUTSIDE = new Color(0xD55E00);
  private static final Color VOTED_INSIDE = new Color(0xD6E8F3);
  private static final Color VOTED_OUTSIDE = new Color(0xFBE9DD);
  private static final double POINT_AREA = 3600;

  private final Boosting state;

  BoostingFigure(Boosting state) {
    this.state = state;
  }

  @Override
  public int width() {
    return SIDE + 2 * MARGIN;
  }

  @Override
  public int height() {
    return TOP + SIDE + BOTTOM;
  }

  @Override
  public String alt() {
    return title();
  }

  private String title() {
    List<Boosting.Cut> cuts = state.cuts();
    if (cuts.isEmpty()) {
      return state.size() + " points, all of one weight";
    }
    Boosting.Cut last = cuts.get(cuts.size() - 1);
    return String.format(
        Locale.ROOT,
        "Round %d: cut %s, error %.2f, say α %.2f",
        cuts.size(),
        last,
        last.error(),
        last.alpha());
  }

  @Override
  public void draw(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setPaint(Color.WHITE);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    g.setPaint(INK);
    g.setFont(Typeface.BOLD.size(14));
    g.drawString(title(), MARGIN, 22);
    if (!state.cuts().isEmpty()) {
      ground(g);
      cut(g, state.cuts().get(state.cuts().size() - 1));
    }
    g.setStroke(new BasicStroke(1));
    g.setPaint(INK);
    g.draw(new Rectangle2D.Double(MARGIN, TOP, SIDE, SIDE));
    for (int i = 0; i < state.size(); i++) {
      point(g, i);
    }
    legend(g);
  }

  private static double x(double share) {
    return MARGIN + share * SIDE;
  }

  private static double y(double share) {
    return TOP + (1 - share) * SIDE;
  }

  private void ground(Graphics2D g) {
    double side = (double) SIDE / GRID;
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        double vote = state.vote((column + 0.5) / GRID, 1 - (row + 0.5) / GRID);
        g.setPaint(vote > 0 ? VOTED_INSIDE : VOTED_OUTSIDE);
        g.fill(
            new Rectangle2D.Double(
                MARGIN + column * side, TOP + row * side, side + 0.5, side + 0.5));
      }
    }
  }

  private static void cut(Graphics2D g, Boosting.Cut cut) {
    g.setPaint(INK);
    g.setStroke(
        new BasicStroke(
            1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0));
    g.draw(
        cut.axis() == 0
            ? new Line2D.Double(x(cut.at()), TOP, x(cut.at()), (double) TOP + SIDE)
            : new Line2D.Double(MARGIN, y(cut.at()), (double) MARGIN + SIDE, y(cut.at())));
  }

  private void point(Graphics2D g, int i) {
    double radius = Math.max(1.8, Math.sqrt(POINT_AREA * state.weight(i) / Math.PI));
    double x = x(state.point(i)[0]);
    double y = y(state.point(i)[1]);
    g.setPaint(state.isInside(i) ? INSIDE : OUTSIDE);
    g.fill(mark(state.isInside(i), x, y, radius));
    if (!state.cuts().isEmpty() && state.isMissed(i)) {
      g.setPaint(INK);
      g.setStroke(new BasicStroke(1.8f));
      g.draw(mark(state.isInside(i), x, y, radius + 2.5));
    }
  }

  private static Shape mark(boolean inside, double x, double y, double radius) {
    return inside
        ? new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius)
        : new Rectangle2D.Double(
            x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
  }

  private void legend(Graphics2D g) {
    g.setFont(Typeface.PLAIN.size(13));
    double y = TOP + SIDE + 16;
    double x = entry(g, true, false, "inside", MARGIN + 6, y);
    x = entry(g, false, false, "outside", x, y);
    if (!state.cuts().isEmpty()) {
      entry(g, true, true, "the vote is wrong: " + state.misses(), x, y);
      g.setPaint(INK);
      g.drawString("ground: what the vote says; dashed: the last cut", MARGIN, (int) y + 22);
    }
  }

  private static double entry(
      Graphics2D g, boolean inside, boolean ring, String words, double x, double y) {
    g.setPaint(ring ? INK : inside ? INSIDE : OUTSIDE);
    g.setStroke(new BasicStroke(1.8f));
    if (ring) {
      g.draw(mark(inside, x, y, 5));
    } else {
      g.fill(mark(inside, x, y, 5));
    }
    g.setPaint(INK);
    g.drawString(words, (float) x + 10, (float) y + 5);
    return x + 34 + g.getFontMetrics().stringWidth(words);
  }
}
