package org.maskmine.dsl;

/** What {@code predict} understands after run and scans. */
public sealed interface PredictOption extends Option permits Mirrored, TileSide {}
