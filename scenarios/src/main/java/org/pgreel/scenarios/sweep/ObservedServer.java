package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PassedEffects;
import org.pgreel.replay.engine.PassedInputs;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.scenarios.check.Between;

/** Looks on while a program and a server speak, so that faults can be laid where its own messages are. */
final class ObservedServer implements Between {
    private final List<StreamWatch> watches = new ArrayList<>();

    @Override
    public PlayedServer around(PlayedServer server) {
        return (client, effects) -> {
            StreamWatch watch = opened();
            return new Incoming(server.opened(client, new Outgoing(effects, watch)), watch);
        };
    }

    private synchronized StreamWatch opened() {
        var watch = new StreamWatch();
        watches.add(watch);
        return watch;
    }

    @Override
    public boolean fired() {
        return true;
    }

    /** Returns what each connection has said, to be asked when the server is closed. */
    synchronized List<SweptStream> streams() {
        var streams = new ArrayList<SweptStream>();
        for (int i = 0; i < watches.size(); i++) {
            streams.addAll(watches.get(i).streams(i + 1));
        }
        return streams;
    }

    private static final class Incoming extends PassedInputs {
        private final StreamWatch watch;

        Incoming(ClientConnection connection, StreamWatch watch) {
            super(connection);
            this.watch = watch;
        }

        @Override
        public void received(byte[] buffer, int from, int to) {
            watch.frontend(Arrays.copyOfRange(buffer, from, to));
            super.received(buffer, from, to);
        }
    }

    private static final class Outgoing extends PassedEffects {
        private final StreamWatch watch;

        Outgoing(ReplayEffects effects, StreamWatch watch) {
            super(effects);
            this.watch = watch;
        }

        @Override
        public void write(byte[] buffer, int from, int to) {
            watch.backend(Arrays.copyOfRange(buffer, from, to));
            super.write(buffer, from, to);
        }
    }
}
