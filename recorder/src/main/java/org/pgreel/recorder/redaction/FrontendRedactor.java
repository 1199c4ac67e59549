package org.pgreel.recorder.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Values;

/** Redacts what frontends say: recorded ones, and live ones in the same way. Confined to one thread. */
final class FrontendRedactor {

    private final ValueRedactor values;
    private final Map<Integer, Asked> connections = new HashMap<>();

    /** What one connection has prepared, as it was before it was redacted, and what it copies. */
    private static final class Asked {
        private final Map<String, Parse> statements = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private final CopySide copy;

        Asked(ValueRedactor values) {
            copy = new CopySide(values, true);
        }
    }

    FrontendRedactor(ValueRedactor values) {
        this.values = values;
    }

    private Asked asked(int connection) {
        return connections.computeIfAbsent(connection, ordinal -> new Asked(values));
    }

    void ended(int connection) {
        connections.remove(connection);
    }

    /** Returns the data of the COPYs of a connection's client. */
    CopySide copy(int connection) {
        return asked(connection).copy;
    }

    /** Tells whether a message ends the data of a COPY; a Sync or Flush in it does not. */
    static boolean endsCopy(FrontendMessage message) {
        return !(message instanceof CopyData || message instanceof Sync || message instanceof Flush);
    }

    /** Returns the message redacted, data of a COPY aside; the same object if it is not touched. */
    FrontendMessage redacted(int connection, FrontendMessage message) {
        Asked asked = asked(connection);
        if (message instanceof Query query) {
            asked.copy.asked(query.sql());
            String sql = text(query.sql());
            return sql.equals(query.sql()) ? message : new Query(sql);
        }
        if (message instanceof Parse parse) {
            asked.statements.put(parse.statement(), parse);
            String sql = text(parse.sql());
            return sql.equals(parse.sql()) ? message : new Parse(parse.statement(), sql, parse.parameterTypes());
        }
        if (message instanceof Bind bind) {
            Parse parse = asked.statements.get(bind.statement());
            asked.portals.put(bind.portal(), parse == null ? "" : parse.sql());
            return bind(parse, bind);
        }
        if (message instanceof Execute execute) {
            asked.copy.asked(asked.portals.getOrDefault(execute.portal(), ""));
        }
        return message;
    }

    private String text(String sql) {
        return values.text(SqlSecrets.masked(sql));
    }

    private Bind bind(@Nullable Parse parse, Bind bind) {
        String sql = parse == null ? "" : parse.sql();
        List<Integer> types = parse == null ? List.of() : parse.parameterTypes();
        Values redacted = values.values(bind.parameters(), new ValueRedactor.Meant() {
            @Override
            public Predicate<RedactionRule> rule(int index) {
                return rule -> rule.parameter(sql, index + 1, type(index));
            }

            @Override
            public int type(int index) {
                return index < types.size() ? types.get(index) : 0;
            }

            @Override
            public int format(int index) {
                return formatOf(bind.parameterFormats(), index);
            }
        });
        return redacted.equals(bind.parameters())
                ? bind
                : new Bind(bind.portal(), bind.statement(), bind.parameterFormats(), redacted, bind.resultFormats());
    }

    static int formatOf(List<Integer> formats, int index) {
        if (formats.isEmpty()) {
            return FormatCode.TEXT;
        }
        return formats.size() == 1 ? formats.get(0) : index < formats.size() ? formats.get(index) : FormatCode.TEXT;
    }
}
