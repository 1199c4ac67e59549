package org.pgreel.benchmarks.zero;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/** One statement again and again: Bind, Execute, Sync, in each only the key put in its place. */
final class CannedQueries implements Work {

    private static final String STATEMENT = "z";

    private final BareConnection connection;
    private final byte[] query;
    private final int keyAt;
    private final int depth;

    CannedQueries(Target target, String sql, List<Integer> types, int depth) throws IOException {
        this.connection = new BareConnection(target);
        this.depth = depth;
        MessageWriter prepare = new MessageWriter();
        new Parse(STATEMENT, sql, types).encode(prepare);
        new Sync().encode(prepare);
        connection.send(prepare.array(), prepare.length());
        connection.awaitReady();

        boolean keyed = !types.isEmpty();
        List<@Nullable Bytes> values = new ArrayList<>();
        if (keyed) {
            values.add(Bytes.wrap(new byte[Integer.BYTES]));
        }
        MessageWriter execution = new MessageWriter();
        new Bind("", STATEMENT, List.of(1), Values.of(values), List.of(1)).encode(execution);
        // Behind the value come the count and the one code of the results' formats.
        keyAt = keyed ? execution.length() - 2 * Short.BYTES - Integer.BYTES : -1;
        new Execute("", 0).encode(execution);
        new Sync().encode(execution);
        query = execution.toBytes().toArray();
    }

    @Override
    public long run(Round round) throws IOException {
        byte[] window = new byte[query.length * depth];
        int asked = 0;
        int answered = 0;
        while (answered < round.repeats()) {
            int room = Math.min(depth - (asked - answered), round.repeats() - asked);
            for (int i = 0; i < room; i++) {
                System.arraycopy(query, 0, window, i * query.length, query.length);
                putKey(window, i * query.length, round);
            }
            long begun = System.nanoTime();
            connection.send(window, room * query.length);
            asked += room;
            int came = connection.awaitReady();
            if (depth == 1) {
                round.took(System.nanoTime() - begun);
            }
            answered += came;
        }
        return 0;
    }

    private void putKey(byte[] window, int at, Round round) {
        if (keyAt >= 0) {
            int key = round.key();
            window[at + keyAt] = (byte) (key >> 24);
            window[at + keyAt + 1] = (byte) (key >> 16);
            window[at + keyAt + 2] = (byte) (key >> 8);
            window[at + keyAt + 3] = (byte) key;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
