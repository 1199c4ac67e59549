package org.pgreel.recorder.redaction;

/**
 * What a rule touched, or would.
 *
 * @param rule its name
 * @param values how many values
 * @param kept how many stayed because there are too few of their kind and length
 * @param places in how many messages
 * @param first the first of them, as {@code #SESSION@MESSAGE}; empty if none
 */
public record RedactionTouch(String rule, long values, long kept, long places, String first) {}
