package org.pgreel.client;

/**
 * A way to a server that a session tried and gave up.
 *
 * @param server the server; with its numeric address, where a host has several and this was one of them
 * @param reason why it was given up
 */
public record ConnectionAttempt(ServerAddress server, ConnectionFailureReason reason) {

    @Override
    public String toString() {
        return server + ": " + reason.sentence();
    }
}
