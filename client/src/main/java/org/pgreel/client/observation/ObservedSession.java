package org.pgreel.client.observation;

/**
 * Which session is observed; it names no secret.
 *
 * @param address the server's host, or the directory of its Unix-domain socket
 * @param port the server's port
 * @param database the database; the user's name where none was given, as the server has it
 * @param user the user
 */
public record ObservedSession(String address, int port, String database, String user) {}
