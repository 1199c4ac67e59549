package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.row;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.client.DataErrorException;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Row;
import org.pgreel.client.RowView;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/** Rows given to a receiver as they come. */
class RowReceiverTest {

    private final SessionRig rig = SessionRig.plain().ready();

    private void watch(String sql, HeardRows rows) {
        rig.watch(sql, rig.session.query(sql, rows));
    }

    @Test
    void rowsOfSeveralStatementsComeInWireOrderAndAreNotCollected() {
        List<QueryResults> given = new ArrayList<>();
        rig.session.query("two", new HeardRows(rig)).thenAccept(given::add);

        rig.receive(columns("a"), row("1"), notice(), row((String) null), done("SELECT 2"));
        rig.receive(done("SET"), columns("b", "c"), row("x", "y"), done("SELECT 1"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "pgNotice NOTICE 00000",
                        "row null",
                        "completed SELECT 2",
                        "completed SET",
                        "columns 2",
                        "row x y",
                        "completed SELECT 1",
                        "pgTransactionStatus I");
        assertThat(given.get(0).results())
                .extracting(QueryResult::commandTag)
                .containsExactly("SELECT 2", "SET", "SELECT 1");
        assertThat(given.get(0).results())
                .allSatisfy(result -> assertThat(result.rows()).isEmpty());
    }

    @Test
    void rowsOfAParameterizedQueryComeToo() {
        rig.watch("q", rig.session.query(ParameterizedQuery.of("select $1", List.of()), new HeardRows(rig)));
        rig.receive(new ParseComplete(), new BindComplete()).receive(answer("7"));

        assertThat(rig.heard)
                .containsExactly("columns 1", "row 7", "completed SELECT 1", "q succeeded", "pgTransactionStatus I");
    }

    @Test
    void theViewIsOneObjectAndWhatItGaveStays() {
        List<RowView> views = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<Bytes> values = new ArrayList<>();
        rig.session.query("q", view -> {
            views.add(view);
            rows.add(view.toRow());
            values.add(view.bytes(0));
            assertThat(view.array()[view.offset(0)])
                    .isEqualTo((byte) view.text(0).charAt(0));
            assertThat(view.length(0)).isEqualTo(1);
            assertThat(view.isNull(0)).isFalse();
        });
        rig.receive(columns("n"), row("1"), row("2"), done("SELECT 2"), IDLE);

        assertThat(views.get(0)).isSameAs(views.get(1));
        assertThat(rows).extracting(row -> row.text("n")).containsExactly("1", "2");
        assertThat(values).extracting(Bytes::text).containsExactly("1", "2");
        assertThat(views.get(0).count()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> views.get(0).description());
    }

    @Test
    void aReceiverThatThrowsGetsNothingMoreAndTheSessionGoesOn() {
        watch("q", new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                throw new IllegalStateException("full");
            }
        }));
        rig.receive(columns("n"), row("1"), row("2"), done("SELECT 2"), IDLE);
        rig.query("select 1").receive(answer("1"));

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "q: ReceiverFailed may-have-executed may-have-committed",
                        "pgTransactionStatus I",
                        "select 1 succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void whatTheReceiverThrewIsTheCause() {
        List<Throwable> failures = new ArrayList<>();
        IllegalStateException full = new IllegalStateException("full");
        rig.session
                .query("q", view -> {
                    throw full;
                })
                .whenComplete((result, failure) -> failures.add(failure));
        rig.receive(answer("1"));

        assertThat(failures.get(0)).hasCause(full).hasMessageContaining("IllegalStateException");
    }

    @Test
    void anErrorBehindRowsFailsTheQuery() {
        watch("q", new HeardRows(rig));
        rig.receive(columns("n"), row("1"), error("ERROR", "22012"), IDLE);

        assertThat(rig.heard).containsExactly("columns 1", "row 1", "q: ServerError", "pgTransactionStatus I");
    }

    @Test
    void aStoppedReceiverGetsNothingMoreAndTheQueryEndsAsItEnds() {
        HeardRows[] rows = new HeardRows[1];
        rows[0] = new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                rows[0].inflow().stop();
            }
        });
        watch("q", rows[0]);
        rig.receive(columns("n"), row("1"), row("2"), done("SELECT 2"), IDLE);

        assertThat(rig.heard).containsExactly("columns 1", "row 1", "q succeeded", "pgTransactionStatus I");
    }

    @Test
    void aRowOfAnotherWidthOrWithoutColumnsIsAViolation() {
        watch("q", new HeardRows(rig));
        rig.receive(columns("a", "b"), row("1"));
        assertThat(rig.heard).contains("q: ProtocolViolation may-have-executed may-have-committed");

        SessionRig other = SessionRig.plain().ready();
        other.watch("q", other.session.query("q", new HeardRows(other)));
        other.receive(row("1"));
        assertThat(other.heard).contains("q: ProtocolViolation may-have-executed may-have-committed");
    }

    @Test
    void aMalformedRowIsAViolationAlsoWhenNobodyWantsIt() {
        HeardRows rows = new HeardRows(rig);
        watch("q", rows);
        rows.inflow().stop();
        byte[] row = SessionRig.bytesOf(row("12"));
        row[8 + 2] = 9;
        rig.receive(columns("a")).receive(row);

        assertThat(rig.heard)
                .containsExactly(
                        "q: ProtocolViolation may-have-executed may-have-committed",
                        "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void copyDataIsNotForAReceiverOfRows() {
        watch("q", new HeardRows(rig));
        rig.receive(new CopyOutResponse(0, List.of(0)), new CopyData(Bytes.utf8("1\n")), new CopyDone());
        rig.receive(done("COPY 1"), IDLE);

        assertThat(rig.heard)
                .containsExactly("q: ReceiverFailed may-have-executed may-have-committed", "pgTransactionStatus I");
    }

    @Test
    void theViewGivesObjectsAndNumbers() {
        RowDescription columns = new RowDescription(List.of(
                new FieldDescription("i", 0, 0, 23, 4, -1, 1),
                new FieldDescription("l", 0, 0, 20, 8, -1, 0),
                new FieldDescription("t", 0, 0, 25, -1, -1, 0),
                new FieldDescription("d", 0, 0, 1082, 4, -1, 0),
                new FieldDescription("n", 0, 0, 23, 4, -1, 0)));
        List<@Nullable Object> values = new ArrayList<>();
        rig.watch("q", rig.session.query("q", view -> {
            values.add(view.getInt(0));
            values.add(view.getLong(1));
            values.add(view.get(2, String.class));
            values.add(view.get(3, LocalDate.class));
            values.add(view.get(4, Integer.class));
            assertThatThrownBy(() -> view.getInt(4)).isInstanceOf(DataErrorException.class);
            assertThatThrownBy(() -> view.getLong(2)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> view.get(3, Integer.class)).isInstanceOf(RuntimeException.class);
        }));
        DataRow row = new DataRow(Values.of(Arrays.asList(
                Bytes.ofHex("00000007"), Bytes.utf8("8"), Bytes.utf8("nine"), Bytes.utf8("2026-11-21"), null)));
        rig.receive(columns, row, done("SELECT 1"), IDLE);

        assertThat(values).containsExactly(7, 8L, "nine", LocalDate.of(2026, 11, 21), null);
        assertThat(rig.heard).containsExactly("q succeeded", "pgTransactionStatus I");
    }

    @Test
    void aRowCostsNoAllocation() {
        int count = 10_000;
        MessageWriter out = new MessageWriter();
        for (int i = 0; i < count; i++) {
            row("12345", "some text").encode(out);
        }
        byte[] rows = out.toBytes().toArray();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] sum = new long[1];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            rig.session.query("q", view -> sum[0] += view.length(1) + view.offset(0));
            rig.receive(columns("a", "b"));
            long before = threads.getCurrentThreadAllocatedBytes();
            rig.core.received(rows, 0, rows.length);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            rig.receive(done("SELECT " + count), IDLE);
        }

        assertThat(least).as("bytes for " + count + " rows").isLessThan(2 * count);
        assertThat(sum[0]).isPositive();
    }

    @Test
    void theSessionMayBeClosedFromTheReceiver() {
        watch("q", new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                rig.session.close();
            }
        }));
        rig.receive(columns("n"), row("1"), row("2"), done("SELECT 2"), IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "q: SessionClosed may-have-executed may-have-committed",
                        "pgSessionShutdown SessionClosed");
    }
}
