package org.maskmine.dsl;

/** What {@code load} understands after its first argument. */
public sealed interface LoadOption extends Option
    permits Seed, Labels, LabelFile, Shares, Resampled, PhantomOption {}
