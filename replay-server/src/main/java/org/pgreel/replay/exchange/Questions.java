package org.pgreel.replay.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.replay.volatility.Hole;
import org.pgreel.replay.volatility.Question;
import org.pgreel.replay.volatility.ValueBindings;
import org.pgreel.replay.volatility.VolatileStatement;
import org.pgreel.replay.volatility.Volatility;

/** Compares questions: they are equal but for what is declared to differ. Confined to the thread of its library. */
final class Questions {
    private final Volatility volatility;
    private final HousekeepingFile housekeeping;
    private final ValueBindings bindings = new ValueBindings();

    Questions(Volatility volatility, HousekeepingFile housekeeping) {
        this.volatility = volatility;
        this.housekeeping = housekeeping;
    }

    /** Tells whether a driver or a pool asks the statement, and not the application. */
    boolean keepsHouse(String sql) {
        return HousekeepingStatements.is(sql) || housekeeping.names(sql);
    }

    /** Returns what the file of housekeeping answers; null if it does not know the statement. */
    @Nullable
    List<BackendMessage> fromFile(String sql) {
        return housekeeping.answer(sql);
    }

    /** Returns the statement as it is looked up. */
    Question of(String sql) {
        return volatility.question(sql);
    }

    /** Tells whether nothing is declared of the question, so that only an equal one is the same. */
    boolean exactly(ExchangeKey key) {
        return volatility.of(key.sql()) == null;
    }

    /** Tells whether several of these in a row may come in any order. */
    boolean unordered(ExchangeKey key) {
        return volatility.unordered(key.sql());
    }

    /** Tells whether the recorded question is the one that is asked. */
    boolean same(ExchangeKey recorded, ExchangeKey asked) {
        return recorded.status() == asked.status()
                && recorded.state().equals(asked.state())
                && sameAside(recorded, asked);
    }

    /** Tells whether it is, but for the state in which it is asked. */
    boolean sameAside(ExchangeKey recorded, ExchangeKey asked) {
        VolatileStatement declared = volatility.of(asked.sql());
        if (declared == null) {
            return recorded.asksTheSame(asked);
        }
        return recorded.sql().equals(asked.sql())
                && recorded.types().equals(asked.types())
                && recorded.parameters().size() == asked.parameters().size()
                && sameValues(declared, recorded.parameters(), asked.parameters());
    }

    private boolean sameValues(
            VolatileStatement declared, List<@Nullable String> recorded, List<@Nullable String> asked) {
        int parameters = asked.size() - declared.holes();
        Map<String, String> here = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            String then = recorded.get(i);
            String now = asked.get(i);
            Hole hole = declared.at(i, parameters);
            if (hole == null || then == null || now == null) {
                if (!Objects.equals(then, now)) {
                    return false;
                }
            } else if (!hole.accepts(then) || !hole.accepts(now) || !bindings.may(hole, then, now)) {
                return false;
            } else if (hole.label() != null) {
                String other = here.putIfAbsent(hole.label() + ' ' + then, now);
                if (other != null && !other.equals(now)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Tells whether the two may differ in a parameter, or in a hole of the text behind the parameters. */
    boolean mayDiffer(ExchangeKey recorded, ExchangeKey asked, int index) {
        VolatileStatement declared = volatility.of(asked.sql());
        String then = recorded.parameters().get(index);
        String now = asked.parameters().get(index);
        if (declared == null || then == null || now == null || !recorded.sql().equals(asked.sql())) {
            return false;
        }
        Hole hole = declared.at(index, asked.parameters().size() - declared.holes());
        return hole != null && hole.accepts(then) && hole.accepts(now) && bindings.may(hole, then, now);
    }

    /** Tells whether the two may stand in a column of the question's rows; they stand for each other from then on. */
    boolean mayDiffer(ExchangeKey asked, int column, String then, String now) {
        VolatileStatement declared = volatility.of(asked.sql());
        Hole hole = declared == null ? null : declared.column(column);
        if (hole == null || !hole.accepts(then) || !hole.accepts(now) || !bindings.may(hole, then, now)) {
            return false;
        }
        bindings.bind(hole, then, now, "");
        return true;
    }

    /** Tells whether any group of questions may come in any order. */
    boolean anyUnordered() {
        return volatility.anyUnordered();
    }

    /** Returns a recorded text with the live values in it. */
    String live(String text) {
        return bindings.live(text);
    }

    /** The recorded question was the one that is asked: from now on the live values of its families stand for its own. */
    void answered(ExchangeKey recorded, ExchangeKey asked, String chapter) {
        VolatileStatement declared = volatility.of(asked.sql());
        if (declared == null) {
            return;
        }
        int parameters = asked.parameters().size() - declared.holes();
        for (int i = 0; i < asked.parameters().size(); i++) {
            String then = recorded.parameters().get(i);
            String now = asked.parameters().get(i);
            Hole hole = declared.at(i, parameters);
            if (hole != null && then != null && now != null) {
                bindings.bind(hole, then, now, chapter);
            }
        }
    }

    /** A chapter is played anew. */
    void forget(String chapter) {
        bindings.forget(chapter);
    }

    /** Tells whether no live value stands for a recorded one, so that all rows are sent as they were recorded. */
    boolean nothingBound() {
        return bindings.isEmpty();
    }

    /** Returns the recorded row with the live values in it. */
    DataRow live(DataRow row) {
        return bindings.live(row);
    }
}
