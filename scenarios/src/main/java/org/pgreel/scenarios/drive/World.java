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

    /**
     * Lets timers for the session's operations fail, which only a simulation can do.
     *
     * @param times how many of the next ones
     */
    void breakTimers(SessionStatusNotify session, int times);

    /** Something has happened: what can be done next may be more. */
    void changed();
}
