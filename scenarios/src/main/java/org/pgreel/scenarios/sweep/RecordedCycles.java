package org.pgreel.scenarios.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.wire.Direction;

/** The query cycles of a recorded session, each written as what is asked and what is answered. Confined to one thread. */
final class RecordedCycles {
    private final Consumer<String> out;
    private final RecordedStatements statements;
    private final Deque<Cycle> open = new ArrayDeque<>();

    /** What is asked until its ReadyForQuery. */
    static final class Cycle {
        final long number;
        final List<FrontendMessage> asked = new ArrayList<>();
        final List<BackendMessage> answers = new ArrayList<>();
        boolean closed;

        Cycle(long number) {
            this.number = number;
        }

        @Nullable
        Query query() {
            return asked.get(0) instanceof Query query ? query : null;
        }

        boolean answeredBy(Class<? extends BackendMessage> kind) {
            return answers.stream().anyMatch(kind::isInstance);
        }
    }

    /**
     * Creates one.
     *
     * @param columns what each statement gives, by its SQL
     * @param out takes the lines of the script
     */
    RecordedCycles(Map<String, RowDescription> columns, Consumer<String> out) {
        this.statements = new RecordedStatements(columns);
        this.out = out;
    }

    void frontend(long number, FrontendMessage message) {
        if (message instanceof FunctionCall) {
            throw RecordedScenario.unplayable(number, "function calls are not asked again");
        }
        Cycle last = open.peekLast();
        boolean copy = message instanceof CopyData || message instanceof CopyDone || message instanceof CopyFail;
        if (copy && last != null) {
            last.asked.add(message);
        } else if (copy || message instanceof Flush) {
            return; // Behind the end of its COPY a server discards it; and a Flush asks for nothing.
        } else if (message instanceof Query) {
            begin(number, message).closed = true;
        } else {
            Cycle cycle = last == null || last.closed ? begin(number, message) : add(last, message);
            cycle.closed = message instanceof Sync;
        }
    }

    private Cycle begin(long number, FrontendMessage message) {
        var cycle = new Cycle(number);
        open.add(cycle);
        return add(cycle, message);
    }

    private static Cycle add(Cycle cycle, FrontendMessage message) {
        cycle.asked.add(message);
        return cycle;
    }

    void backend(long number, BackendMessage message) {
        Cycle first = open.peek();
        if (message instanceof CopyBothResponse) {
            throw RecordedScenario.unplayable(number, "the session is one of replication");
        } else if (first == null) {
            out.accept(RecordedScenario.line(Direction.BACKEND, message));
        } else {
            first.answers.add(message);
            if (message instanceof ReadyForQuery) {
                open.remove();
                write(first);
            }
        }
    }

    /** What was not answered to its end is not asked. */
    void end() {
        open.clear();
    }

    private void write(Cycle cycle) {
        Query query = cycle.query();
        if (query == null) {
            if (cycle.answeredBy(CopyInResponse.class) || cycle.answeredBy(CopyOutResponse.class)) {
                throw RecordedScenario.unplayable(cycle.number, "a COPY by the extended protocol is not asked again");
            }
            statements.read(cycle).forEach(out);
            return;
        }
        String sql = quoted(query);
        boolean in = cycle.answeredBy(CopyInResponse.class);
        boolean copies = in || cycle.answeredBy(CopyOutResponse.class);
        boolean several = copies
                && cycle.answers.stream()
                                .filter(answer -> answer instanceof org.pgreel.protocol.message.CommandComplete)
                                .count()
                        > 1;
        if (several) {
            throw RecordedScenario.unplayable(
                    cycle.number, "a COPY among other statements of one Query is not asked again");
        }
        out.accept("> " + (in ? "copy-in " : copies ? "copy-out " : "query ") + sql);
        out.accept("F Query " + sql);
        for (BackendMessage answer : cycle.answers) {
            out.accept(RecordedScenario.line(Direction.BACKEND, answer));
            if (answer instanceof CopyInResponse) {
                copyIn(cycle);
            }
        }
    }

    private void copyIn(Cycle cycle) {
        out.accept("< ready");
        boolean data = false;
        String end = "F CopyDone";
        for (FrontendMessage said : cycle.asked) {
            if (said instanceof CopyData piece) {
                out.accept("> data "
                        + RecordedScenario.line(Direction.FRONTEND, piece).substring("F CopyData ".length()));
                data = true;
            } else if (said instanceof CopyDone) {
                out.accept("> finish");
            } else if (said instanceof CopyFail fail) {
                out.accept("> abort " + quoted(new Query(fail.reason())));
                end = "F CopyFail *";
            }
        }
        if (data) {
            out.accept("repeat {");
            out.accept("  F CopyData *");
            out.accept("}");
        }
        out.accept(end);
    }

    /** Returns a text as a string of the notation. */
    static String quoted(Query text) {
        return RecordedScenario.line(Direction.FRONTEND, text).substring("F Query ".length());
    }
}
