package org.pgreel.replay.engine;

/** Something that answers clients as PostgreSQL would: a recording or a script being played. Confined to one thread. */
public interface PlayedServer {
    /**
     * A client has connected.
     *
     * @param client its address, for the report
     * @param effects what is done to its connection
     * @return where its inputs go
     */
    ClientConnection opened(String client, ReplayEffects effects);
}
