package org.pgreel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Phase;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.recorder.projection.ConnectionFacts;
import org.pgreel.recorder.projection.ConnectionState;
import org.pgreel.recorder.projection.Connections;
import org.pgreel.recorder.projection.Request;
import org.pgreel.recorder.projection.Violation;

/** Where a session stands, for machines. */
final class StateDocument {

    private StateDocument() {}

    /** Returns the document, made of maps, lists, words and numbers. */
    static Map<String, Object> of(int session, Connections state, String line) {
        var document = new LinkedHashMap<String, Object>();
        document.put("session", session);
        document.put("message", state.counts().messages());
        document.put("line", line.isEmpty() ? null : line);
        document.put("connection", state.current());
        document.put("frontendMessages", state.counts().frontendMessages());
        document.put("backendMessages", state.counts().backendMessages());
        document.put("frontendBytes", state.counts().frontendBytes());
        document.put("backendBytes", state.counts().backendBytes());
        var connections = new ArrayList<Map<String, Object>>();
        state.byOrdinal().forEach((ordinal, connection) -> connections.add(of(ordinal, connection)));
        document.put("connections", connections);
        return document;
    }

    /** Returns where one connection stands; empty if there is none of that ordinal. */
    static Map<String, Object> connection(Connections state, int ordinal) {
        ConnectionState connection = state.byOrdinal().get(ordinal);
        return connection == null ? new LinkedHashMap<>() : of(ordinal, connection);
    }

    private static Map<String, Object> of(int ordinal, ConnectionState connection) {
        Conversation conversation = connection.conversation();
        ConnectionFacts facts = connection.facts();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("connection", ordinal);
        fields.put("user", facts.user().isEmpty() ? null : facts.user());
        fields.put("database", facts.database().isEmpty() ? null : facts.database());
        fields.put("phase", word(conversation.phase()));
        fields.put("transactionStatus", letter(conversation.transactionStatus()));
        fields.put(
                "readyOwed",
                List.of(
                        conversation.readyOwed().least(),
                        conversation.readyOwed().most()));
        fields.put("copy", copy(conversation));
        fields.put("parameters", connection.objects().parameters());
        fields.put("statements", connection.objects().statements());
        fields.put("portals", connection.objects().portals());
        fields.put(
                "pending",
                connection.pending().stream().map(StateDocument::pending).toList());
        fields.put("channels", List.copyOf(connection.objects().channels()));
        fields.put("lastError", lastError(facts));
        fields.put("violations", connection.violations());
        fields.put("lastViolation", violation(connection.violation()));
        fields.put("ended", facts.end().isEmpty() ? null : facts.end());
        return fields;
    }

    /** Returns the name of a phase as people write it. */
    static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns which COPY goes on; null if none does. */
    static @Nullable String copy(Conversation conversation) {
        Phase phase = conversation.phase();
        return phase == Phase.COPY_IN || phase == Phase.COPY_OUT || phase == Phase.COPY_BOTH
                ? word(phase).substring("copy ".length())
                : null;
    }

    private static @Nullable String letter(@Nullable TransactionStatus status) {
        return status == null ? null : String.valueOf(status.indicator());
    }

    private static Map<String, Object> pending(Request request) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("message", request.message());
        fields.put("kind", word(request.kind()));
        fields.put("name", request.name());
        fields.put("sql", request.sql().isEmpty() ? null : request.sql());
        return fields;
    }

    private static @Nullable Map<String, Object> lastError(ConnectionFacts facts) {
        if (facts.errorMessage() == 0) {
            return null;
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("message", facts.errorMessage());
        fields.put("sqlState", facts.sqlState());
        fields.put("text", facts.errorText());
        return fields;
    }

    private static @Nullable Map<String, Object> violation(@Nullable Violation violation) {
        if (violation == null) {
            return null;
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("message", violation.message());
        fields.put("reason", violation.reason());
        fields.put("resumedAt", violation.resumedAt() == 0 ? null : violation.resumedAt());
        return fields;
    }
}
