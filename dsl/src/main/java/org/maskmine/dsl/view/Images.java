package org.maskmine.dsl.view;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;

/** Images that a user made. */
final class Images {
  private Images() {}

  static View view(BufferedImage image) {
    var content = new LinkedHashMap<String, String>();
    content.put("image/png", Drawing.png(image));
    content.put("text/plain", "image of " + image.getWidth() + "×" + image.getHeight() + " pixels");
    return new View(content);
  }
}
