package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.type.Codec;
import org.pgreel.type.MalformedValueException;
import org.pgreel.type.TypeRegistry;

/**
 * The statements of the extended protocol: what was parsed, bound, described and executed, in whatever grouping, becomes
 * one question and one {@code statement} block for each execution. Confined to one thread.
 */
final class RecordedStatements {
    private static final TypeRegistry TYPES = TypeRegistry.builtIn();

    private final Map<String, RowDescription> columns;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    /** A prepared statement. */
    private static final class Statement {
        private final String sql;
        private List<Integer> types;
        private @Nullable RowDescription columns;

        Statement(String sql, List<Integer> types) {
            this.sql = sql;
            this.types = types;
        }
    }

    /** A portal, and what its execution gave. */
    private static final class Portal {
        private final Statement statement;
        private final @Nullable Bind bind;
        private final List<String> answers = new ArrayList<>();

        Portal(Statement statement, @Nullable Bind bind) {
            this.statement = statement;
            this.bind = bind;
        }
    }

    /**
     * Creates one.
     *
     * @param columns what each statement gives by its SQL: filled here, and asked where a statement was not described or
     *     failed, since the server describes a statement of that SQL so wherever it stands
     */
    RecordedStatements(Map<String, RowDescription> columns) {
        this.columns = columns;
    }

    /** Returns the lines of a cycle: first all that is asked, then the answers. */
    List<String> read(RecordedCycles.Cycle cycle) {
        var executed = new ArrayList<Portal>();
        var aside = new ArrayList<String>();
        int at = 0;
        Portal running = null;
        for (BackendMessage answer : cycle.answers) {
            FrontendMessage asked = cycle.asked.get(Math.min(at, cycle.asked.size() - 1));
            if (answer instanceof ErrorResponse error) {
                Portal failed = running == null ? failing(cycle, asked) : running;
                if (running == null && failed != null) {
                    executed.add(failed);
                }
                if (failed == null) {
                    throw RecordedScenario.unplayable(cycle.number, "it failed before a statement was named");
                }
                failed.answers.add(RecordedScenario.line(Direction.BACKEND, error));
                break;
            } else if (answer instanceof DataRow row) {
                running = running == null ? begun(cycle, asked, executed) : running;
                running.answers.add(RecordedScenario.line(Direction.BACKEND, text(cycle, running, row)));
            } else if (answer instanceof CommandComplete || answer instanceof EmptyQueryResponse) {
                running = running == null ? begun(cycle, asked, executed) : running;
                running.answers.add(RecordedScenario.line(Direction.BACKEND, answer));
                running = null;
                at++;
            } else if (answer instanceof PortalSuspended) {
                throw RecordedScenario.unplayable(cycle.number, "rows that were fetched in pieces are not asked again");
            } else if (completes(cycle, asked, answer)) {
                at++;
            } else if (!(answer instanceof ParameterDescription) && !(answer instanceof ReadyForQuery)) {
                aside.add(RecordedScenario.line(Direction.BACKEND, answer));
            }
        }
        return lines(cycle, executed, aside);
    }

    private Portal begun(RecordedCycles.Cycle cycle, FrontendMessage asked, List<Portal> executed) {
        Portal portal = asked instanceof Execute execute ? portals.get(execute.portal()) : null;
        if (portal == null) {
            throw RecordedScenario.unplayable(cycle.number, "rows came of a portal that was not bound");
        }
        var run = new Portal(portal.statement, portal.bind);
        executed.add(run);
        return run;
    }

    /** Takes an answer to anything but an Execute; false if it is none. */
    private boolean completes(RecordedCycles.Cycle cycle, FrontendMessage asked, BackendMessage answer) {
        if (answer instanceof ParseComplete && asked instanceof Parse parse) {
            statements.put(parse.statement(), new Statement(parse.sql(), parse.parameterTypes()));
            return true;
        } else if (answer instanceof BindComplete && asked instanceof Bind bind) {
            portals.put(bind.portal(), new Portal(prepared(cycle, bind.statement()), bind));
            return true;
        } else if (answer instanceof ParameterDescription description && asked instanceof Describe describe) {
            prepared(cycle, describe.targetName()).types = description.types();
        } else if (answer instanceof RowDescription described && asked instanceof Describe describe) {
            Statement statement = described(cycle, describe);
            statement.columns = described;
            columns.putIfAbsent(statement.sql, described);
        }
        return answer instanceof RowDescription || answer instanceof NoData || answer instanceof CloseComplete;
    }

    private Statement prepared(RecordedCycles.Cycle cycle, String name) {
        Statement statement = statements.get(name);
        if (statement == null) {
            throw RecordedScenario.unplayable(cycle.number, "its prepared statement was not parsed in the session");
        }
        return statement;
    }

    private Statement described(RecordedCycles.Cycle cycle, Describe describe) {
        Portal portal = portals.get(describe.targetName());
        return describe.target() == Target.STATEMENT || portal == null
                ? prepared(cycle, describe.targetName())
                : portal.statement;
    }

    /** Returns what a failure is about, as if it had been executed; null if it names no statement. */
    private @Nullable Portal failing(RecordedCycles.Cycle cycle, FrontendMessage asked) {
        if (asked instanceof Parse parse) {
            return new Portal(new Statement(parse.sql(), parse.parameterTypes()), bindOf(cycle, parse.statement()));
        } else if (asked instanceof Bind bind) {
            return new Portal(prepared(cycle, bind.statement()), bind);
        } else if (asked instanceof Execute execute) {
            Portal portal = portals.get(execute.portal());
            return portal == null ? null : new Portal(portal.statement, portal.bind);
        }
        return asked instanceof Describe describe ? new Portal(described(cycle, describe), null) : null;
    }

    private static @Nullable Bind bindOf(RecordedCycles.Cycle cycle, String statement) {
        return cycle.asked.stream()
                .filter(message ->
                        message instanceof Bind bind && bind.statement().equals(statement))
                .map(Bind.class::cast)
                .findFirst()
                .orElse(null);
    }

    private List<String> lines(RecordedCycles.Cycle cycle, List<Portal> executed, List<String> aside) {
        var lines = new ArrayList<String>();
        for (Portal portal : executed) {
            List<String> values = values(cycle, portal);
            lines.add("> query " + sql(portal)
                    + (values.isEmpty() ? " protocol=extended" : " " + String.join(" ", values)));
        }
        lines.addAll(aside);
        for (Portal portal : executed) {
            lines.add("statement " + sql(portal) + " {");
            RowDescription described = portal.statement.columns;
            described = described == null ? columns.get(portal.statement.sql) : described;
            if (described != null) {
                lines.add("  " + RecordedScenario.line(Direction.BACKEND, inText(described)));
            }
            portal.answers.forEach(answer -> lines.add("  " + answer));
            lines.add("}");
        }
        return lines;
    }

    private static String sql(Portal portal) {
        return RecordedCycles.quoted(new Query(portal.statement.sql));
    }

    private static RowDescription inText(RowDescription columns) {
        return new RowDescription(columns.columns().stream()
                .map(column -> new FieldDescription(
                        column.name(),
                        column.tableOid(),
                        column.columnNumber(),
                        column.typeOid(),
                        column.typeLength(),
                        column.typeModifier(),
                        0))
                .toList());
    }

    private static List<String> values(RecordedCycles.Cycle cycle, Portal portal) {
        var values = new ArrayList<String>();
        Bind bind = portal.bind;
        for (int i = 0; bind != null && i < bind.parameters().count(); i++) {
            Bytes value = bind.parameters().value(i);
            int type = i < portal.statement.types.size() ? portal.statement.types.get(i) : 0;
            String text = value == null ? null : text(cycle, type, format(bind.parameterFormats(), i), value);
            values.add(text == null ? "null" : RecordedCycles.quoted(new Query(text)));
        }
        return values;
    }

    private static DataRow text(RecordedCycles.Cycle cycle, Portal portal, DataRow row) {
        List<Integer> formats = portal.bind == null ? List.of() : portal.bind.resultFormats();
        List<FieldDescription> columns =
                portal.statement.columns == null ? List.of() : portal.statement.columns.columns();
        var cells = new ArrayList<@Nullable Bytes>();
        for (int i = 0; i < row.values().count(); i++) {
            Bytes cell = row.values().value(i);
            int type = i < columns.size() ? columns.get(i).typeOid() : 0;
            cells.add(cell != null && format(formats, i) == 1 ? Bytes.utf8(text(cycle, type, 1, cell)) : cell);
        }
        return new DataRow(Values.of(cells));
    }

    private static int format(List<Integer> formats, int index) {
        return formats.isEmpty() ? 0 : formats.get(Math.min(index, formats.size() - 1));
    }

    private static String text(RecordedCycles.Cycle cycle, int type, int format, Bytes value) {
        if (format == 0) {
            return value.text();
        }
        if (TYPES.type(type).isEmpty()) {
            throw RecordedScenario.unplayable(
                    cycle.number, "a value in binary is of the type " + type + ", which is not known");
        }
        try {
            return printed(TYPES.codec(type), value.toArray());
        } catch (MalformedValueException e) {
            throw RecordedScenario.unplayable(cycle.number, "a value in binary is none of its type: " + e.reason());
        }
    }

    private static <T> String printed(Codec<T> codec, byte[] value) {
        return codec.print(TypeRegistry.decode(codec, true, value, 0, value.length));
    }
}
