package org.maskmine.volume;

/** Which voxels of a volume touch each other. */
public enum Connectivity {
  /** The 6 neighbours that share a face. */
  FACES(1),
  /** The 18 neighbours that share a face or an edge. */
  EDGES(2),
  /** The 26 neighbours that share a face, an edge or a corner. */
  CORNERS(3);

  /** Along how many axes a neighbour may lie one voxel further. */
  final int axes;

  Connectivity(int axes) {
    this.axes = axes;
  }
}
