package org.maskmine.dsl;

/** What {@code retrain} understands after the errors. */
public sealed interface RetrainOption extends Option
    permits RetrainLoss, Epochs, Rate, Only, Again {}
