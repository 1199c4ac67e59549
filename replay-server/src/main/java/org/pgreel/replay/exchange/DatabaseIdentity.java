package org.pgreel.replay.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.replay.source.PlayableConnection;

/**
 * Which database a recorded session saw: two sessions are mixed on one live connection only if server, database and the
 * rows of the catalogue that both have seen are the same, since the same object has another OID elsewhere.
 */
final class DatabaseIdentity {

    private final String server;
    private final String database;
    private final Map<String, List<BackendMessage>> catalogue = new HashMap<>();

    DatabaseIdentity(PlayableConnection connection, List<RecordedRun> runs) {
        String version = "";
        for (BackendMessage message : connection.greeting()) {
            if (message instanceof ParameterStatus status && status.parameter().equals("server_version")) {
                version = status.value();
            }
        }
        this.server = version;
        this.database = connection.startup().getOrDefault("database", "");
        for (RecordedRun run : runs) {
            for (RecordedExchange exchange : run.exchanges) {
                if (HousekeepingStatements.looksUp(exchange.key.sql())) {
                    catalogue.put(exchange.key.sql() + exchange.key.parameters() + exchange.formats, exchange.items);
                }
            }
        }
    }

    /** Tells whether nothing that both have seen differs. */
    boolean agrees(DatabaseIdentity other) {
        if (!server.equals(other.server) || !database.equals(other.database)) {
            return false;
        }
        for (Map.Entry<String, List<BackendMessage>> seen : catalogue.entrySet()) {
            List<BackendMessage> others = other.catalogue.get(seen.getKey());
            if (others != null && !others.equals(seen.getValue())) {
                return false;
            }
        }
        return true;
    }
}
