package org.maskmine.dsl.figure;

import org.maskmine.data.Structure;

/**
 * What a picture is cut to, with a margin.
 *
 * @param structure the liver, which is the default, or the lesions with every error
 */
public record Zoom(Structure structure) implements PictureOption {
  @Override
  public String toString() {
    return "zoom(" + structure + ")";
  }
}
