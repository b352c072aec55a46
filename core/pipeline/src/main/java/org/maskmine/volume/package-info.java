/**
 * Volumes as scanners write them: voxel grids with a geometry in millimetres.
 *
 * <p>A {@link org.maskmine.volume.Volume} holds Hounsfield units, a {@link
 * org.maskmine.volume.Mask} small labels; both are flat arrays, x fastest, then y, then z, placed
 * in the world by a {@link org.maskmine.volume.Geometry}. NIfTI goes in and out here, DICOM in;
 * distance transforms and connected components work on the same arrays.
 */
@NullMarked
package org.maskmine.volume;

import org.jspecify.annotations.NullMarked;
