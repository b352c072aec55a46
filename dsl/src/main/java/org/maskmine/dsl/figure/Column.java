package org.maskmine.dsl.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import org.maskmine.dsl.view.Figure;

/** Figures below one another as one. */
public final class Column implements Figure {
  private final List<Figure> parts;

  Column(List<? extends Figure> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public int width() {
    return parts.stream().mapToInt(Figure::width).max().orElse(1);
  }

  @Override
  public int height() {
    return parts.stream().mapToInt(Figure::height).sum();
  }

  @Override
  public String alt() {
    return parts.stream().map(Figure::alt).collect(Collectors.joining(". "));
  }

  @Override
  public void draw(Graphics2D g) {
    g.setPaint(Look.GROUND);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    int y = 0;
    for (Figure part : parts) {
      g.translate(0, y);
      part.draw(g);
      g.translate(0, -y);
      y += part.height();
    }
  }
}
