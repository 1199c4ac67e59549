package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.source.StartupParameters;

/** What one live connection may be answered with, and what it follows. Confined to the thread of its library. */
public final class ConnectionScope {
    private final List<DatabaseIdentity> identities;
    private final Map<String, String> startup;
    private final List<Map<String, String>> recorded;
    final Set<Integer> sessions = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();
    private final Set<Integer> used = new HashSet<>();

    @Nullable
    RecordedRun run;

    @Nullable
    RecordedRun last;

    /** The process id that the connection was given; null if none. */
    @Nullable
    Integer processId;

    int at;

    /** The run that is followed was followed before. */
    boolean repeating;

    /** Runs whose last question was asked, and of which the client has not learnt the outcome yet. */
    final List<RecordedRun> unsettled = new ArrayList<>();

    /** The number of the connection, if what its client learns is watched; otherwise 0. */
    int watched;

    private long delay = -1;
    private int lastUsed = -1;

    /** Returns how long what was answered since the last call took when it was recorded; -1 if nothing was. */
    public long takeDelay() {
        long taken = delay;
        delay = -1;
        return taken;
    }

    /**
     * @param identities which database each recorded session saw
     * @param startup the live connection's start-up parameters
     * @param recorded those of each recorded session
     */
    ConnectionScope(
            List<DatabaseIdentity> identities, Map<String, String> startup, List<Map<String, String>> recorded) {
        this.identities = identities;
        this.startup = startup;
        this.recorded = recorded;
    }

    void took(long nanos) {
        delay = Math.max(0, delay) + nanos;
    }

    void add(int session) {
        sessions.add(session);
        left.add(session);
    }

    /** Says why nothing that was recorded answers. */
    String nothing() {
        return sessions.isEmpty()
                ? "no recorded connection began as this one: " + StartupParameters.unlike(recorded, startup)
                : "no exchange that is left has this statement, these parameters and this state";
    }

    /** Tells whether a recorded session may answer: it saw the same database as those that have. */
    boolean may(int session) {
        return left.contains(session);
    }

    void use(int session) {
        if (session != lastUsed && used.add(session)) {
            left.removeIf(other -> !identities.get(session).agrees(identities.get(other)));
        }
        lastUsed = session;
    }
}
