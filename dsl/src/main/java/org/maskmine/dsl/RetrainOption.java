package org.maskmine.dsl;

/** What {@code retrain} understands after the errors. */
public sealed interface RetrainOption extends Option
    permits RetrainLoss, Rounds, KeepBest, Epochs, Rate, Only, Again {}
