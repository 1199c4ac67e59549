package org.pgreel.replay.live;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;

/** A live server that is reached by PgReel's own client. What is heard is passed to the thread of the engine. */
public final class RelayedServer implements LiveServer, AutoCloseable {

    private final LiveSettings settings;
    private final Executor engine;
    private final PgClient client = PgClient.builder().eventLoops(1).build();

    /**
     * Connects nowhere yet.
     *
     * @param engine carries out what it is given on the thread of the engine, in order
     */
    public RelayedServer(LiveSettings settings, Executor engine) {
        this.settings = settings;
        this.engine = engine;
    }

    @Override
    public Line connect(Map<String, String> startup, Hearer hearer) {
        var heard = new Heard(hearer);
        Relay relay;
        try {
            relay = client.relay(options(startup).build(), heard, heard);
        } catch (IllegalArgumentException refused) {
            engine.execute(() -> hearer.over(String.valueOf(refused.getMessage())));
            return new Refused();
        }
        return new Line() {
            @Override
            public void say(List<FrontendMessage> messages) {
                relay.send(messages);
            }

            @Override
            public void close() {
                heard.closed = true;
                relay.session().close();
            }
        };
    }

    private ConnectOptionsBuilder options(Map<String, String> startup) {
        ConnectOptionsBuilder options = settings.server().get();
        startup.forEach((name, value) -> {
            String known = name.toLowerCase(Locale.ROOT);
            boolean ours = known.equals("client_encoding") || known.startsWith("_pq_.");
            if (!ours) {
                options.parameter(name, value);
            }
        });
        if (settings.user() != null) {
            options.user(settings.user());
        }
        if (settings.database() != null) {
            options.database(settings.database());
        }
        return options;
    }

    /** Ends what is left of the connections. */
    @Override
    public void close() {
        client.close();
    }

    /** A connection that was refused before it began. */
    private static final class Refused implements Line {
        @Override
        public void say(List<FrontendMessage> messages) {
            // Nobody is there.
        }

        @Override
        public void close() {
            // It never began.
        }
    }

    /** Passes on what is heard; called on the event loop of the client. */
    private final class Heard implements RelayReceiver, SessionStatusNotify {
        private final Hearer hearer;
        private volatile boolean closed;
        private boolean ready;

        Heard(Hearer hearer) {
            this.hearer = hearer;
        }

        private void pass(Runnable news) {
            engine.execute(() -> {
                if (!closed) {
                    news.run();
                }
            });
        }

        @Override
        public void heard(BackendMessage message) {
            pass(() -> hearer.heard(message));
        }

        @Override
        public void oversized(byte type) {
            pass(() -> hearer.over("the live server's answer holds a value that is too large to be passed on"));
        }

        @Override
        public void pgTransactionStatus(Session session, TransactionStatus status) {
            if (!ready) {
                ready = true;
                Map<String, String> parameters = Map.copyOf(session.parameters());
                int backend = session.processId().orElse(0);
                pass(() -> hearer.ready(parameters, backend));
            }
        }

        @Override
        public void pgNotice(Session session, NoticeResponse notice) {
            passAsynchronous(notice);
        }

        @Override
        public void pgParameterStatus(Session session, ParameterStatus status) {
            passAsynchronous(status);
        }

        @Override
        public void pgNotification(Session session, Notification notification) {
            passAsynchronous(
                    new NotificationResponse(notification.processId(), notification.channel(), notification.payload()));
        }

        private void passAsynchronous(BackendMessage message) {
            if (ready) {
                pass(() -> hearer.heard(message));
            }
        }

        @Override
        public void pgSessionConnectionFailed(Session session, ConnectionFailureReason reason) {
            pass(() -> hearer.over(reason.sentence()));
        }

        @Override
        public void pgSessionShutdown(Session session) {
            String why = session.shutdownReason()
                    .map(reason -> reason.sentence())
                    .orElse("the live server has ended the connection");
            pass(() -> hearer.over(why));
        }
    }
}
