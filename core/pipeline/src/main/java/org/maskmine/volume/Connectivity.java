package org.maskmine.volume;

/** Which voxels of a volume touch each other. */
public enum Connectivity {
  /** The 6 neighbours that share a face. */
  FACES,
  /** The 26 neighbours that share a face, an edge or a corner. */
  CORNERS
}
