package org.maskmine.dsl.figure;

/** How a case is pictured: its {@link Plane}, its {@link Zoom}, its {@link ErrorColors}. */
public sealed interface PictureOption permits Plane, Zoom, ErrorColors {}
