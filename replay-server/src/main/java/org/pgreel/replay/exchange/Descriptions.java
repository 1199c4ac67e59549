package org.pgreel.replay.exchange;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;

/** Describes statements and portals as far as any recording describes them. */
final class Descriptions {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d{1,5})");

    private final ExchangeLibrary library;
    private final ConnectionScope scope;
    private final Housekeeping house;

    Descriptions(ExchangeLibrary library, ConnectionScope scope, Housekeeping house) {
        this.library = library;
        this.scope = scope;
        this.house = house;
    }

    /**
     * Returns the answer to a Describe of a prepared statement.
     *
     * @throws NotRecordedException if no recording describes it
     */
    List<BackendMessage> of(LiveStatement statement, TransactionStatus status, String state) {
        StatementShape rows = library.shape(scope, statement.sql(), statement.types(), false);
        List<Integer> types = parameters(statement);
        RecordedExchange made = rows == null ? housekeeping(statement.sql(), status, state) : null;
        if (types == null || (rows == null && made == null)) {
            throw new NotRecordedException(
                    "no recording describes the " + (types == null ? "parameters" : "rows") + " of this statement");
        }
        RowDescription columns = rows != null ? rows.columns() : made == null ? null : made.columns;
        return List.of(
                new ParameterDescription(types),
                columns == null ? new NoData() : Formats.described(columns, List.of()));
    }

    private @Nullable List<Integer> parameters(LiveStatement statement) {
        StatementShape shape = library.shape(scope, statement.sql(), statement.types(), true);
        if (shape != null && shape.parameterTypes() != null) {
            return shape.parameterTypes();
        }
        int highest = highest(statement.sql());
        boolean given = statement.types().size() >= highest
                && statement.types().stream().noneMatch(type -> type == 0);
        return highest == 0 ? List.of() : given ? statement.types() : null;
    }

    private static int highest(String sql) {
        Matcher matcher = PARAMETER.matcher(sql);
        int highest = 0;
        while (matcher.find()) {
            highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
        }
        return highest;
    }

    private @Nullable RecordedExchange housekeeping(String sql, TransactionStatus status, String state) {
        List<BackendMessage> own = HousekeepingStatements.is(sql) ? house.answer(sql) : null;
        List<BackendMessage> answer = own != null ? own : library.questions().fromFile(sql);
        return answer == null ? null : HouseAnswer.of(ExchangeKey.of(sql, status, state), answer);
    }

    /**
     * Answers a Describe of a portal whose answer is known.
     *
     * @throws NotRecordedException if no recording describes it
     */
    void send(LivePortal portal, ExchangeClient client) {
        BackendMessage described = of(portal);
        if (described instanceof RowDescription columns
                && columns.equals(portal.exchange().columns)
                && client.takesBytes()) {
            client.send(portal.exchange().description(columns));
        } else {
            client.send(described);
        }
    }

    /**
     * Returns the answer to a Describe of a portal whose answer is known.
     *
     * @throws NotRecordedException if no recording describes it
     */
    private BackendMessage of(LivePortal portal) {
        RowDescription columns = columns(portal);
        if (columns != null) {
            return Formats.described(columns, portal.formats);
        }
        RecordedExchange exchange = portal.exchange();
        if (exchange.noData || Tags.withoutColumns(exchange.tag(), exchange.key.sql())) {
            return new NoData();
        }
        throw new NotRecordedException("no recording describes the rows of this statement");
    }

    /** Returns the columns of what answers a portal; null if it has none, or no recording describes them. */
    @Nullable
    RowDescription columns(LivePortal portal) {
        RecordedExchange exchange = portal.exchange();
        if (exchange.columns != null || exchange.noData) {
            return exchange.columns;
        }
        StatementShape shape = library.shape(scope, exchange.key.sql(), exchange.key.types(), false);
        return shape == null ? null : shape.columns();
    }
}
