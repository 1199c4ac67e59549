package org.pgreel.recorder.scan;

/**
 * That something looks like a secret, and where; never what.
 *
 * @param pattern what it looks like
 * @param place the message as {@code #SESSION@MESSAGE}, or the line of a file
 * @param what the name of the message, or "line"
 */
public record SecretFound(SecretPattern pattern, String place, String what) {}
