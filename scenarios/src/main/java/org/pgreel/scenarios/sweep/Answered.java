package org.pgreel.scenarios.sweep;

/**
 * What an answer is to.
 *
 * @param line the line that asked
 * @param part which of its parts, from 0; a pipeline has several
 */
public record Answered(int line, int part) {}
