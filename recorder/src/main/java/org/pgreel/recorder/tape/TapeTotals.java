package org.pgreel.recorder.tape;

/**
 * What a tape amounts to.
 *
 * @param sessions how many sessions
 * @param events how many events
 * @param bytes how long the tape is
 * @param sha256 the hash of the tape, in hexadecimal digits
 */
public record TapeTotals(int sessions, long events, long bytes, String sha256) {}
