package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ExtendedQuery;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindWriter;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FormatCode;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireText;

/**
 * The execution of one statement by the extended query protocol, by itself or as a part of a pipeline.
 *
 * <p>What is sent is made when its turn has come, because what the server has prepared is known only then. That it can be
 * sent at all is checked before, on the caller's thread.
 */
abstract sealed class ExecutionOperation extends Operation<QueryResult>
        permits ParameterizedQueryOperation, NamedQueryOperation {

    static final String UNNAMED = "";
    static final Describe DESCRIBE = new Describe(Target.PORTAL, UNNAMED);
    static final Execute EXECUTE = new Execute(UNNAMED, 0);
    static final Sync SYNC = new Sync();

    static final Bind ANY_BIND = new Bind(UNNAMED, UNNAMED, List.of(), Values.EMPTY, List.of());
    private static final List<Integer> IN_BINARY = List.of(FormatCode.BINARY);

    /** Room for names, counts and formats beside the values of a Bind, or beside the text of a Parse. */
    private static final long FRAME = 1 << 20;

    private final List<Parameter> parameters;
    private final List<Integer> resultFormats;
    private boolean behindOthers;
    private boolean rowCame;

    ExecutionOperation(String sql, List<Parameter> parameters, boolean binaryResults, @Nullable RowDelivery rows) {
        super(sql, List.of(), rows);
        refuseLarge(parameters);
        this.parameters = parameters;
        this.resultFormats = resultFormats(binaryResults);
    }

    /**
     * Refuses what cannot be sent.
     *
     * @throws IllegalArgumentException if it is COPY, or too large
     */
    static void refuseUnsendable(ExtendedQuery query) {
        refuseLarge(query.parameters());
        if (query instanceof ParameterizedQuery unnamed) {
            ParameterizedQueryOperation.refuseUnsendable(unnamed);
        }
    }

    static List<Integer> resultFormats(boolean binary) {
        return binary ? IN_BINARY : List.of();
    }

    static ExecutionOperation of(ExtendedQuery query, Statements statements) {
        return query instanceof NamedQuery named
                ? new NamedQueryOperation(named, null, statements)
                : new ParameterizedQueryOperation((ParameterizedQuery) query, null, statements);
    }

    /** It is sent behind others before the same Sync. */
    final void behindOthers() {
        behindOthers = true;
    }

    final boolean isBehindOthers() {
        return behindOthers;
    }

    /** The server did not read it, because one before it failed. */
    void skipped() {}

    /** Sends itself by what the server has prepared now, without the Sync; called once for each time that it is sent. */
    abstract void execute(Outbound outbound);

    @Override
    void begin(Outbound outbound) {
        send(outbound);
        outbound.send(SYNC);
    }

    /** Sends itself as a part of something that has a Sync behind it. */
    final void send(Outbound outbound) {
        execute(outbound);
        outbound.sent(this);
    }

    /** The values are put together only now, so that an operation that waits does not hold them twice. */
    final void bind(String statement, Outbound outbound) {
        bind(statement, parameters, resultFormats, outbound);
    }

    static void bind(String statement, List<Parameter> parameters, List<Integer> resultFormats, Outbound outbound) {
        MessageWriter out = outbound.writing(ANY_BIND);
        int count = parameters.size();
        boolean binary = false;
        for (int i = 0; i < count; i++) {
            binary |= parameters.get(i).binary();
        }
        BindWriter.begin(out, statement, binary ? count : 0);
        for (int i = 0; binary && i < count; i++) {
            BindWriter.format(out, parameters.get(i).binary() ? FormatCode.BINARY : FormatCode.TEXT);
        }
        BindWriter.values(out, count);
        for (int i = 0; i < count; i++) {
            BindWriter.value(out, parameters.get(i).value());
        }
        BindWriter.end(out, resultFormats);
    }

    final boolean binaryResults() {
        return !resultFormats.isEmpty();
    }

    @Override
    boolean leavesRoomBehind() {
        return true;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    void row(DataRow row) {
        rowCame = true;
        super.row(row);
    }

    /** Tells whether a row came, which the application may have been given. */
    final boolean rowCame() {
        RowDelivery rows = rows();
        return rowCame || (rows != null && rows.rowCame());
    }

    @Override
    QueryResult result() {
        return results().first();
    }

    @Override
    void copyInAsked(Outbound outbound) {
        // The Sync that was sent behind Execute is swallowed; this one brings the ReadyForQuery.
        outbound.send(new CopyFail("COPY takes no parameters: use copyIn"));
        outbound.sendSyncBehindCopy();
    }

    /** A Sync behind COPY FROM STDIN is swallowed by the server, so the session could not tell where it stands. */
    static void refuseCopy(String sql) {
        if (SqlText.firstWord(sql).equals("COPY")) {
            throw new IllegalArgumentException("COPY takes no parameters: use query(String) or copyIn");
        }
    }

    /** Refuses what Parse could not carry. */
    static void refuseUnencodable(String sql) {
        refuseLarge(FRAME + (isAscii(sql) ? sql.length() : WireText.encode(sql).length));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static void refuseLarge(List<Parameter> parameters) {
        long length = FRAME;
        for (int i = 0; i < parameters.size(); i++) {
            Bytes value = parameters.get(i).value();
            length += Integer.BYTES + (value == null ? 0 : value.length());
        }
        refuseLarge(length);
    }

    private static void refuseLarge(long length) {
        if (length > MessageWriter.LARGEST_MESSAGE) {
            throw new IllegalArgumentException(
                    "the message would have " + length + " bytes; a server takes " + MessageWriter.LARGEST_MESSAGE);
        }
    }
}
