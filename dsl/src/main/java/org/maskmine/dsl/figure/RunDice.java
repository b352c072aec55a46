package org.maskmine.dsl.figure;

/**
 * The cases' Dice scores in one run.
 *
 * @param label below its dots
 * @param role decides the colour of its mean
 * @param dice per case, in the same order for every run, in [0, 1]; NaN without a score
 */
public record RunDice(String label, Bar.Role role, double[] dice) {}
