package org.pgreel.replay.volatility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two equal runs, declared: a line for each statement. Immutable.
 *
 * <pre>{@code
 * statement "insert into orders (id, placed_at, customer) values ($1, $2, $3)" $1=<uuid:order> $2=<timestamp>
 * statement "select customer from orders where id = $1" $1=<uuid:order>
 * statement "INSERT INTO log VALUES ('"<digits:deployment>"', now())"
 * unordered "insert into order_item (order_id, name) values ($1, $2)" $1=<uuid:order>
 * statement "select id, written_at from log" column 2=<timestamp>
 * }</pre>
 */
public final class Volatility {
    /** Nothing differs. */
    public static final Volatility NONE = new Volatility(List.of());

    private final List<VolatileStatement> statements;
    private final List<VolatileStatement> withHoles = new ArrayList<>();
    private final Map<String, VolatileStatement> byText = new HashMap<>();

    /** Collects what is declared; of two declarations of the same text the first holds. */
    public Volatility(List<VolatileStatement> statements) {
        this.statements = List.copyOf(statements);
        for (VolatileStatement statement : statements) {
            byText.putIfAbsent(statement.canonical(), statement);
            if (statement.hasHoles()) {
                withHoles.add(statement);
            }
        }
    }

    /**
     * Reads a file's text.
     *
     * @throws org.pgreel.protocol.transcript.NotationException if it is none; it names line and column
     */
    public static Volatility parse(String text) {
        return new Volatility(VolatilityReader.read(text));
    }

    /** Returns the statement as it is looked up. */
    public Question question(String sql) {
        for (VolatileStatement statement : withHoles) {
            List<String> values = statement.values(sql);
            if (values != null) {
                return new Question(statement.canonical(), values);
            }
        }
        return new Question(sql, List.of());
    }

    /** Returns what is declared of a statement, by its text as {@link #question} gives it; null if nothing is. */
    public @Nullable VolatileStatement of(String canonical) {
        return byText.isEmpty() ? null : byText.get(canonical);
    }

    /** Tells whether several such statements in a row may come in any order. */
    public boolean unordered(String canonical) {
        VolatileStatement statement = of(canonical);
        return statement != null && statement.unordered();
    }

    /** Tells whether any group of statements may come in any order. */
    public boolean anyUnordered() {
        return statements.stream().anyMatch(VolatileStatement::unordered);
    }

    /** Returns how many statements are declared. */
    public int size() {
        return statements.size();
    }

    /** Returns the file's text; {@link #parse} reads it. */
    public String print() {
        return statements.stream().map(statement -> statement.print() + "\n").collect(Collectors.joining());
    }
}
