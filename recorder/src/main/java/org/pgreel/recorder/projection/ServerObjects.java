package org.pgreel.recorder.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * What the server holds for one connection, as far as the wire tells: parameters, prepared statements, portals, channels.
 * What functions and procedures prepare or listen to inside of the server is not seen. Mutable; confined to one thread.
 */
public final class ServerObjects {

    private static final String EVERY_CHANNEL = "*";

    final SortedMap<String, String> parameters = new TreeMap<>();
    final SortedMap<String, PreparedStatement> statements = new TreeMap<>();
    final SortedMap<String, Portal> portals = new TreeMap<>();
    final SortedSet<String> channels = new TreeSet<>();

    /** LISTEN and UNLISTEN of a transaction that is not over: the words of each. */
    final List<List<String>> untilCommit = new ArrayList<>();

    boolean rolledBack;

    ServerObjects copy() {
        ServerObjects copy = new ServerObjects();
        copy.parameters.putAll(parameters);
        copy.statements.putAll(statements);
        copy.portals.putAll(portals);
        copy.channels.addAll(channels);
        copy.untilCommit.addAll(untilCommit);
        copy.rolledBack = rolledBack;
        return copy;
    }

    /** Returns the parameters that the server reported, by their names. */
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Returns the prepared statements by their names; that of the unnamed one is empty. */
    public Map<String, PreparedStatement> statements() {
        return Collections.unmodifiableMap(statements);
    }

    /** Returns the portals by their names; that of the unnamed one is empty. */
    public Map<String, Portal> portals() {
        return Collections.unmodifiableMap(portals);
    }

    /** Returns the channels that are listened to. */
    public SortedSet<String> channels() {
        return Collections.unmodifiableSortedSet(channels);
    }

    void parsed(Request parse) {
        statements.put(parse.name(), new PreparedStatement(parse.sql(), parse.parameterTypes(), parse.message()));
    }

    void bound(Request bind) {
        PreparedStatement statement = statements.get(bind.statement());
        portals.put(
                bind.name(), new Portal(bind.statement(), statement == null ? "" : statement.sql(), bind.message()));
    }

    void closed(Request close) {
        if (close.kind() == Request.Kind.CLOSE_STATEMENT) {
            statements.remove(close.name());
        } else {
            portals.remove(close.name());
        }
    }

    /** A Query begins to be answered: it ends the unnamed statement and the unnamed portal. */
    void queried() {
        statements.remove("");
        portals.remove("");
    }

    /** Returns the text that an Execute runs; empty if it was not recorded. */
    String sqlOf(Request execute) {
        Portal portal = portals.get(execute.name());
        return portal == null ? "" : portal.sql();
    }

    /**
     * A statement was carried out.
     *
     * @param request the Query or Execute that held it
     * @param sql the text that it held
     * @param ordinal which of the text's statements it is, from 0
     * @param tag what the server said of it
     */
    void completed(Request request, String sql, int ordinal, String tag) {
        switch (tag) {
            case "ROLLBACK" -> rolledBack = true;
            case "COMMIT" -> committed();
            case "DISCARD ALL" -> {
                statements.clear();
                portals.clear();
                channels.clear();
            }
            case "DEALLOCATE ALL" -> statements.clear();
            case "PREPARE", "DEALLOCATE", "LISTEN", "UNLISTEN" -> {
                List<List<String>> texts = SqlStatements.of(sql);
                if (ordinal < texts.size()) {
                    carriedOut(request, sql, tag, texts.get(ordinal));
                }
            }
            default -> {
                // Changes nothing that is kept here.
            }
        }
    }

    private void carriedOut(Request request, String sql, String tag, List<String> words) {
        if (tag.equals("PREPARE") && words.size() > 1) {
            statements.put(words.get(1), new PreparedStatement(sql, List.of(), request.message()));
        } else if (tag.equals("DEALLOCATE") && words.size() > 1) {
            statements.remove(words.get(1).equals("prepare") && words.size() > 2 ? words.get(2) : words.get(1));
        } else if (words.size() > 1) {
            untilCommit.add(List.of(tag, words.get(1)));
        }
    }

    private void committed() {
        for (List<String> change : untilCommit) {
            String channel = change.get(1);
            if (change.get(0).equals("LISTEN")) {
                channels.add(channel);
            } else if (channel.equals(EVERY_CHANNEL)) {
                channels.clear();
            } else {
                channels.remove(channel);
            }
        }
        untilCommit.clear();
    }

    /** An ErrorResponse came: outside a transaction block it takes with it what its request did before. */
    void failed(@Nullable TransactionStatus lastStatus) {
        if (lastStatus != TransactionStatus.IN_BLOCK) {
            untilCommit.clear();
        }
    }

    void ready(TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            if (rolledBack) {
                untilCommit.clear();
            }
            committed();
            portals.clear();
        }
        rolledBack = false;
    }
}
