package org.maskmine.data;

/** A rectangle in a slice, in voxels; it may reach beyond the grid. */
public record Box(int x0, int y0, int width, int height) {}
