package org.pgreel.replay.exchange;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Target;

/** The prepared statements and portals of one client, by the names that it gave them. */
final class NamedByClient {

    private final Map<String, LiveStatement> statements = new HashMap<>();
    private final Map<String, LivePortal> portals = new HashMap<>();

    void prepared(String name, LiveStatement statement) {
        statements.put(name, statement);
    }

    void bound(String name, LivePortal portal) {
        portals.put(name, portal);
    }

    void closed(Close close) {
        (close.target() == Target.PORTAL ? portals : statements).remove(close.targetName());
    }

    /** The transaction is over, and the portals with it. */
    void forgetPortals() {
        portals.clear();
    }

    /**
     * Returns the statement with that name.
     *
     * @throws NotRecordedException if there is none
     */
    LiveStatement statement(String name) {
        LiveStatement statement = statements.get(name);
        if (statement == null) {
            throw new NotRecordedException("there is no prepared statement \"" + name + "\"");
        }
        return statement;
    }

    /**
     * Returns the portal with that name.
     *
     * @throws NotRecordedException if there is none
     */
    LivePortal portal(String name) {
        LivePortal portal = portals.get(name);
        if (portal == null) {
            throw new NotRecordedException("there is no portal \"" + name + "\"");
        }
        return portal;
    }

    /** Returns the portal that the message names; what is given for one that names none. */
    @Nullable
    LivePortal portalOf(FrontendMessage message, @Nullable LivePortal otherwise) {
        if (message instanceof Execute execute) {
            return portals.get(execute.portal());
        }
        return message instanceof Describe describe && describe.target() == Target.PORTAL
                ? portals.get(describe.targetName())
                : otherwise;
    }

    /** Returns the text of the statement that the message is about; its name if there is none. */
    String statementOf(FrontendMessage message) {
        if (message instanceof Describe describe && statements.containsKey(describe.targetName())) {
            return statements.get(describe.targetName()).sql();
        }
        return message instanceof Query query ? query.sql() : message.name();
    }
}
