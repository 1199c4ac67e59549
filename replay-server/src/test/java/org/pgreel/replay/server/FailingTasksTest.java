package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.PlayedServer;
import org.pgreel.replay.engine.ReplayTimer;
import org.slf4j.LoggerFactory;

/** A bug in what the event loop runs outside of a pipeline is logged as one, and ends the connection. */
@Timeout(60)
final class FailingTasksTest {
    private static final int MUCH = 8 << 20;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ClientChannel.class);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(logged);
    }

    @Test
    void aBugInATimer() throws IOException {
        assertLoggedAndEnded((client, effects) -> {
            effects.armTimer(ReplayTimer.LOGIN, Duration.ofMillis(1));
            return new Buggy();
        });
    }

    @Test
    void aBugWhenTheConnectionTakesBytesAgain() throws IOException {
        assertLoggedAndEnded((client, effects) -> {
            effects.write(new byte[MUCH], 0, MUCH);
            effects.flush();
            return new Buggy();
        });
    }

    private void assertLoggedAndEnded(PlayedServer played) throws IOException {
        Listening listening = Listening.start("127.0.0.1", 0, played, null);
        try (var client = new Socket("127.0.0.1", listening.address().getPort())) {
            client.setSoTimeout(20_000);
            client.getInputStream().readAllBytes();
        } finally {
            listening.close();
        }
        assertThat(logged.list).singleElement().satisfies(bug -> {
            assertThat(bug.getLevel()).isEqualTo(Level.ERROR);
            assertThat(bug.getFormattedMessage()).contains("because of a bug, please report this");
            assertThat(bug.getThrowableProxy().getMessage()).isEqualTo("a bug of the test");
        });
    }

    /** What answers the client, if nothing comes between. */
    private static final class Buggy implements ClientConnection {
        @Override
        public void writable() {
            throw new IllegalStateException("a bug of the test");
        }

        @Override
        public void elapsed(ReplayTimer timer) {
            throw new IllegalStateException("a bug of the test");
        }

        @Override
        public void received(byte[] buffer, int from, int to) {}

        @Override
        public void tlsEstablished(@Nullable Bytes endPoint) {}

        @Override
        public void tlsFailed(String reason) {}

        @Override
        public void endOfStream() {}

        @Override
        public void reset() {}
    }
}
