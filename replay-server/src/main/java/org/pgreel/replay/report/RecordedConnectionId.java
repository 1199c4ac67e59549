package org.pgreel.replay.report;

/**
 * Names a recorded connection, as a person finds it in the recording.
 *
 * @param session the number of the session in its recording, from 1
 * @param connection the ordinal of the connection in its session, from 1
 */
public record RecordedConnectionId(int session, int connection) {

    /** Returns {@code #3}, or {@code #3.2} for the second connection of session 3. */
    @Override
    public String toString() {
        return connection == 1 ? "#" + session : "#" + session + "." + connection;
    }
}
