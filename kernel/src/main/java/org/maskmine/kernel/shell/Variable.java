package org.maskmine.kernel.shell;

import org.jspecify.annotations.Nullable;

/** A variable of the notebook, with its type as Java writes it and its value now. */
public record Variable(String name, String type, @Nullable Object value) {}
