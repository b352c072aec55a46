package org.maskmine.training;

/**
 * One epoch of a stage.
 *
 * @param number from 1
 * @param trainingLoss mean over the epoch's steps
 * @param validationDice mean over the validation cases inside the true liver; NaN where no case has
 *     the structure
 * @param learningRate that Adam used
 * @param seconds it took, validation included
 * @param waitingSeconds of them, the engine had no batch to compute
 */
public record Epoch(
    int number,
    double trainingLoss,
    double validationDice,
    double learningRate,
    double seconds,
    double waitingSeconds) {}
