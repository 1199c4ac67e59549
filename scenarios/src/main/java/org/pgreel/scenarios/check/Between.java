package org.pgreel.scenarios.check;

import org.pgreel.replay.engine.PlayedServer;

/**
 * Somebody between a client and the server of one run, who changes what they say to each other. What the server makes of
 * it is not the client's doing, so only the client's own end is graded.
 */
public interface Between {
    /** Returns the server as the client meets it; called once, before the client is run. */
    PlayedServer around(PlayedServer server);

    /** Tells whether it has happened; asked when the client has ended. */
    boolean fired();
}
