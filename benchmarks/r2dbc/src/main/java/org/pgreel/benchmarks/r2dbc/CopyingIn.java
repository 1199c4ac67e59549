package org.pgreel.benchmarks.r2dbc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import reactor.core.publisher.Flux;

/** COPY FROM STDIN of text that is ready, in pieces of 64 KiB. */
final class CopyingIn implements Work {

    private static final int PIECE = 64 << 10;

    private final PostgresqlConnection connection;
    private final byte[] text;

    CopyingIn(PostgresqlConnection connection, Target target) {
        this.connection = connection;
        this.text = Items.copyText(target);
    }

    @Override
    public long run(Round round) {
        long copied = 0;
        for (int i = 0; i < round.repeats(); i++) {
            copied += R2dbcPeer.await(connection.copyIn(Items.COPY_IN, pieces()));
        }
        return copied;
    }

    private Flux<ByteBuf> pieces() {
        int count = (text.length + PIECE - 1) / PIECE;
        return Flux.range(0, count)
                .map(i -> Unpooled.wrappedBuffer(text, i * PIECE, Math.min(PIECE, text.length - i * PIECE)));
    }

    @Override
    public void close() {
        R2dbcPeer.done(connection.close());
    }
}
