package org.pgreel.benchmarks.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;

/**
 * What it costs to judge the messages of a query cycle. Run with {@code -prof gc}: what is allocated must not depend on
 * the number of rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConversationBenchmark {
    /** The rows of the result. */
    @Param({"1", "1000"})
    int rows;

    private final Query query = new Query("select 1");
    private final Bind bind = new Bind("", "", List.of(), Values.EMPTY, List.of());
    private final Execute execute = new Execute("", 0);
    private final Sync sync = new Sync();
    private final RowDescription description = new RowDescription(List.of());
    private final BindComplete bindComplete = new BindComplete();
    private final DataRow row = new DataRow(Values.ofText("1"));
    private final CommandComplete complete = new CommandComplete("SELECT 1");
    private final ReadyForQuery ready = new ReadyForQuery(TransactionStatus.IDLE);
    private final Conversation idle = Conversation.begin()
            .after(new StartupMessage(StartupMessage.VERSION_3_0, List.of()))
            .after(new AuthenticationOk())
            .after(ready);

    /** A simple query: Query, RowDescription, the rows, CommandComplete, ReadyForQuery. */
    @Benchmark
    public Conversation simpleQuery() {
        return afterRows(idle.after(query).after(description)).after(complete).after(ready);
    }

    /** A prepared statement: Bind, Execute, Sync, and their answers. */
    @Benchmark
    public Conversation preparedStatement() {
        Conversation asked = idle.after(bind).after(execute).after(sync);
        return afterRows(asked.after(bindComplete)).after(complete).after(ready);
    }

    private Conversation afterRows(Conversation from) {
        Conversation at = from;
        for (int i = 0; i < rows; i++) {
            at = at.after(row);
        }
        return at;
    }
}
