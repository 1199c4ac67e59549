package org.pgreel.replay.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/**
 * Records one client's runs on a live server as a session of that client. A run is recorded from its beginning on, once it is
 * certain that it is one; what comes to nothing before is not recorded at all.
 */
final class LiveTape {
    private static final int CONNECTION = 1;
    private static final Bytes KEY = Bytes.utf8("****");

    private final WireTap recorder;
    private final Map<String, String> startup;
    private final List<Runnable> held = new ArrayList<>();
    private @Nullable SessionTap session;
    private Map<String, String> parameters = Map.of();
    private int processId;
    private boolean keeping;

    LiveTape(WireTap recorder, Map<String, String> startup) {
        this.recorder = recorder;
        this.startup = startup;
    }

    /** The live server has let the client in. */
    void ready(Map<String, String> reported, int backend) {
        parameters = reported;
        processId = backend;
    }

    void said(FrontendMessage message) {
        byte[] bytes = encoded(message::encode);
        note(() -> tap().written(CONNECTION, bytes, 0, bytes.length));
    }

    void heard(BackendMessage message) {
        byte[] bytes = encoded(message::encode);
        note(() -> tap().read(CONNECTION, bytes, 0, bytes.length));
    }

    private static byte[] encoded(Consumer<MessageWriter> encoding) {
        var out = new MessageWriter(Integer.MAX_VALUE);
        encoding.accept(out);
        return out.toBytes().toArray();
    }

    private void note(Runnable event) {
        if (keeping) {
            event.run();
        } else {
            held.add(event);
        }
    }

    /** What was said and heard belongs to a run that is recorded. */
    void keep() {
        keeping = true;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** What was said and heard has come to nothing. */
    void drop() {
        held.clear();
        keeping = false;
    }

    /** The run is over; what comes next is another. */
    void runOver() {
        keeping = false;
    }

    /** The connection is over. */
    void over(By by) {
        drop();
        if (session != null) {
            session.connectionClosed(CONNECTION, EndKind.FIN, by);
            session.closed(by, EndKind.FIN);
            session = null;
        }
    }

    private SessionTap tap() {
        SessionTap open = session;
        if (open == null) {
            open = recorder.sessionOpened(new SessionOpening(SessionOpening.Role.PROXY, "", "upstream", Map.of()));
            session = open;
            open.connectionOpened(CONNECTION);
            byte[] first = encoded(StartupMessage.of(StartupMessage.VERSION_3_0, startup)::encode);
            open.written(CONNECTION, first, 0, first.length);
            byte[] greeting = encoded(this::greet);
            open.read(CONNECTION, greeting, 0, greeting.length);
        }
        return open;
    }

    private void greet(MessageWriter out) {
        new AuthenticationOk().encode(out);
        parameters.forEach((name, value) -> new ParameterStatus(name, value).encode(out));
        new BackendKeyData(processId, KEY).encode(out);
        new ReadyForQuery(TransactionStatus.IDLE).encode(out);
    }
}
