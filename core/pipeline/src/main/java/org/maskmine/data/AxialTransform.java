package org.maskmine.data;

/**
 * A linear map in the axial plane around a patch's centre: from a pixel's offset (x, y) in the
 * patch to its offset in the slice, in voxels.
 */
public record AxialTransform(double xx, double xy, double yx, double yy) {
  /** Every pixel where it is. */
  public static final AxialTransform IDENTITY = new AxialTransform(1, 0, 0, 1);

  /**
   * A map that mirrors, turns and zooms a patch's content.
   *
   * @param degrees by which the content turns from x towards y
   * @param zoom above 1 shows less of the slice, larger
   */
  static AxialTransform of(boolean flipX, boolean flipY, double degrees, double zoom) {
    double cos = Math.cos(Math.toRadians(degrees)) / zoom;
    double sin = Math.sin(Math.toRadians(degrees)) / zoom;
    int x = flipX ? -1 : 1;
    int y = flipY ? -1 : 1;
    return new AxialTransform(x * cos, x * sin, -y * sin, y * cos);
  }
}
