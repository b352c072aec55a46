package org.maskmine.dsl;

/** What {@code mine} understands after the run. */
public sealed interface MineOption extends Option permits Also {}
