package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.StartupParameters;

/** The recorded connections, and which of them nobody has asked for yet. */
final class RecordedConnections {
    private final List<PlayableConnection> all;
    private final List<PlayableConnection> unplayed;

    /** Keeps those that got ready, and the others too if they are to be played. */
    RecordedConnections(List<PlayableConnection> recorded, boolean includeFailed) {
        this.all = recorded.stream()
                .filter(connection -> connection.ready() || includeFailed)
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "No recorded connection reached ReadyForQuery; include those that failed to play them.");
        }
        this.unplayed = new ArrayList<>(all);
    }

    /** Takes the first unplayed connection that a client with these parameters may play; null if none is left. */
    @Nullable
    PlayableConnection pick(Map<String, String> startup) {
        for (int i = 0; i < unplayed.size(); i++) {
            if (StartupParameters.equal(unplayed.get(i).startup(), startup)) {
                return unplayed.remove(i);
            }
        }
        return null;
    }

    /** Returns the connection whose greeting a surplus client gets: one with its parameters if there is one. */
    PlayableConnection toGreetAs(Map<String, String> startup) {
        PlayableConnection found = all.get(0);
        for (PlayableConnection connection : all) {
            if (connection.ready() && (!found.ready() || StartupParameters.equal(connection.startup(), startup))) {
                found = connection;
            }
        }
        return found;
    }

    /** Returns one sentence that says why {@link #pick} found none. */
    String whyNone(Map<String, String> startup) {
        String wanted = "user \"" + startup.get("user") + "\", database \"" + startup.get("database") + "\"";
        long equal = all.stream()
                .filter(connection -> StartupParameters.equal(connection.startup(), startup))
                .count();
        if (equal > 0) {
            return "no recorded connection is left for " + wanted + ": "
                    + (equal == 1 ? "the only one was" : "all " + equal + " were") + " given out before";
        }
        PlayableConnection nearest = nearest(startup);
        String name = StartupParameters.differences(nearest.startup(), startup).get(0);
        return "no recorded connection has these start-up parameters (" + wanted + "): "
                + name + " is " + quoted(startup.get(name)) + ", in recorded connection " + nearest.id() + " "
                + quoted(nearest.startup().get(name));
    }

    private PlayableConnection nearest(Map<String, String> startup) {
        PlayableConnection nearest = all.get(0);
        for (PlayableConnection connection : all) {
            if (distance(connection, startup) < distance(nearest, startup)) {
                nearest = connection;
            }
        }
        return nearest;
    }

    private static int distance(PlayableConnection connection, Map<String, String> startup) {
        return StartupParameters.differences(connection.startup(), startup).size();
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "not given" : '"' + value + '"';
    }

    List<PlayableConnection> unplayed() {
        return List.copyOf(unplayed);
    }
}
