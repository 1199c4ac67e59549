package org.pgreel.recorder.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** Redacts what frontends say: recorded ones, and live ones in the same way. Confined to one thread. */
final class FrontendRedactor {

    private final ValueRedactor values;
    private final Map<Integer, Map<String, Parse>> statements = new HashMap<>();

    FrontendRedactor(ValueRedactor values) {
        this.values = values;
    }

    /** Returns the statement that was prepared under a name on a connection, as it was before it was redacted. */
    @Nullable
    Parse statement(int connection, String name) {
        Map<String, Parse> known = statements.get(connection);
        return known == null ? null : known.get(name);
    }

    void ended(int connection) {
        statements.remove(connection);
    }

    /** Returns the message redacted; the same object if it is not touched. */
    FrontendMessage redacted(int connection, FrontendMessage message) {
        if (message instanceof Query query) {
            String sql = text(query.sql());
            return sql.equals(query.sql()) ? message : new Query(sql);
        }
        if (message instanceof Parse parse) {
            statements.computeIfAbsent(connection, ordinal -> new HashMap<>()).put(parse.statement(), parse);
            String sql = text(parse.sql());
            return sql.equals(parse.sql()) ? message : new Parse(parse.statement(), sql, parse.parameterTypes());
        }
        if (message instanceof Bind bind) {
            return bind(statement(connection, bind.statement()), bind);
        }
        if (message instanceof CopyData data) {
            return copy(data);
        }
        return message;
    }

    private String text(String sql) {
        return values.text(SqlSecrets.masked(sql));
    }

    CopyData copy(CopyData data) {
        String before = data.data().text();
        String after = values.text(before);
        return before.equals(after) ? data : new CopyData(Bytes.wrap(WireText.encode(after)));
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
