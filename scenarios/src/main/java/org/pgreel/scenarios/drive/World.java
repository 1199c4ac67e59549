package org.pgreel.scenarios.drive;

import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Where our client is driven: in memory, or over TCP. */
interface World {
    /**
     * Begins a session; the address is the world's unless a line named one.
     *
     * @param options all but the address
     * @param wishes what the line that connects says
     * @param session hears of the session's life
     */
    Session connect(ConnectOptionsBuilder options, Wishes wishes, SessionStatusNotify session);

    /** Something has happened: what can be done next may be more. */
    void changed();
}
