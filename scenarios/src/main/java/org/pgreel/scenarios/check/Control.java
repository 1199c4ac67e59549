package org.pgreel.scenarios.check;

/**
 * What a client did against a healthy server.
 *
 * @param name the server, in words
 * @param good whether the client managed it
 * @param sentence what went wrong; "" when nothing did
 */
public record Control(String name, boolean good, String sentence) {}
