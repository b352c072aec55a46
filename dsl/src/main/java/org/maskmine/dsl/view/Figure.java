package org.maskmine.dsl.view;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * A picture that is drawn rather than stored: sharp at every size, in the notebook and as a file.
 */
public interface Figure extends Viewable {
  /** Width as drawn, in CSS pixels (1/96 inch). */
  int width();

  /** Height as drawn, in CSS pixels (1/96 inch). */
  int height();

  /** What the picture shows, in words, for those who cannot see it. */
  String alt();

  /** Draws into (0, 0) … ({@link #width()}, {@link #height()}), background included. */
  void draw(Graphics2D graphics);

  /** The figure as pixels. */
  default BufferedImage image() {
    return Png.pixels(this, Drawing.DENSITY);
  }

  /** SVG, PNG, and its description as text; as a page, for the picture to have that description. */
  @Override
  default View view() {
    var content = new LinkedHashMap<String, String>();
    content.put("image/svg+xml", Drawing.svg(this));
    content.put("image/png", Images.base64(image()));
    content.put("text/plain", alt());
    content.put("text/html", Views.html(new View(content)));
    return new View(content);
  }

  /**
   * Writes the figure, replacing a file of that name; folders are made.
   *
   * @param file its ending decides the format: {@code .svg}, {@code .pdf} or {@code .png}
   * @param options the width on paper, by default a 96th of an inch per CSS pixel, and the pixels
   *     per inch of a {@code .png}, by default two per CSS pixel
   * @return where it lies now
   * @throws org.maskmine.UserError for another ending, or where the file cannot be written
   */
  default Path save(String file, SaveOption... options) {
    return Drawing.save(this, file, options);
  }
}
