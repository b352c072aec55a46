package org.maskmine.dsl.view;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.util.Base64;
import java.util.LinkedHashMap;

/** Images that a user made. */
final class Images {
  private static final double SCREEN_DPI = 96;

  private Images() {}

  static View view(BufferedImage image) {
    var content = new LinkedHashMap<String, String>();
    content.put("image/png", base64(image));
    content.put("text/plain", "image of " + image.getWidth() + "×" + image.getHeight() + " pixels");
    return new View(content);
  }

  /** A PNG in Base64. */
  static String base64(RenderedImage image) {
    return Base64.getEncoder().encodeToString(Png.bytes(image, SCREEN_DPI));
  }
}
