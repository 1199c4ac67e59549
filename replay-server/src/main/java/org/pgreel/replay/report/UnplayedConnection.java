package org.pgreel.replay.report;

import java.util.Map;

/**
 * A recorded connection that no client asked for.
 *
 * @param recorded which one
 * @param startup the parameters with which a client would have got it
 * @param messages how many frontend messages it holds, those of the login not counted
 */
public record UnplayedConnection(RecordedConnectionId recorded, Map<String, String> startup, long messages) {

    /** Copies the parameters. */
    public UnplayedConnection {
        startup = Map.copyOf(startup);
    }

    /** Returns the report as one line. */
    public String line() {
        return "recorded connection " + recorded + " was not played: " + messages
                + (messages == 1 ? " message left over" : " messages left over");
    }
}
