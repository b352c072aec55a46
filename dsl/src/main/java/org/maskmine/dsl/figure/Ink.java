package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/**
 * How one of several runs is drawn: by colour, and by the shape of its marks for those who do not
 * see it.
 */
record Ink(Color color, Shape mark) {
  private static final Shape[] MARKS = {
    new Ellipse2D.Double(-4.5, -4.5, 9, 9),
    new Rectangle2D.Double(-4, -4, 8, 8),
    new Polygon(new int[] {-5, 5, 0}, new int[] {4, 4, -5}, 3),
    new Polygon(new int[] {0, 5, 0, -5}, new int[] {-6, 0, 6, 0}, 4),
    new Polygon(new int[] {-5, 5, 0}, new int[] {-4, -4, 5}, 3)
  };

  /** The role's colour and the mark of the run's place in the list. */
  static Ink of(Bar.Role role, int place) {
    return new Ink(role.color(), MARKS[place % MARKS.length]);
  }
}
